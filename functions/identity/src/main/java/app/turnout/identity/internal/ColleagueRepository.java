package app.turnout.identity.internal;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.security.Role;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/// Accounts that are open, of the organization that the transaction has entered.
@Singleton
final class ColleagueRepository {
  private final Database database;

  ColleagueRepository(Database database) {
    this.database = database;
  }

  Optional<Colleague> find(OrganizationId organization, UserId user) {
    return database
        .handle()
        .createQuery(
            """
            select u.id, u.name, m.role,
                   case when u.email_verified_at is not null then u.email end as email
            from members m
            join users u on u.id = m.user_id
            where m.organization_id = :organization
              and m.user_id = :user
              and u.deactivated_at is null
            """)
        .bind("organization", organization.value())
        .bind("user", user.value())
        .map(
            (row, context) ->
                new Colleague(
                    new UserId(row.getObject("id", UUID.class)),
                    row.getString("name"),
                    row.getString("email"),
                    Role.fromWire(row.getString("role"))))
        .findOne();
  }

  /// Whether a session goes on: the entrance looks at it in the same way.
  boolean isOpen(UUID session) {
    return database
        .handle()
        .createQuery(
            """
            select not exists (
              select from sessions
              where id = :session
                and revoked_at is not null)
            """)
        .bind("session", session)
        .mapTo(Boolean.class)
        .one();
  }
}
