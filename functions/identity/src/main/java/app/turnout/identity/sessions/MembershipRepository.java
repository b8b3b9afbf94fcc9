package app.turnout.identity.sessions;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/// Where a user may act. Reading that binds the transaction to the user.
@Singleton
final class MembershipRepository {
  private final Database database;

  MembershipRepository(Database database) {
    this.database = database;
  }

  /// The organization that the user has belonged to the longest.
  Optional<OrganizationId> findFirst(UserId user) {
    enter(user);
    return database
        .handle()
        .createQuery(
            """
            select organization_id
            from members
            where user_id = :user
            order by created_at, organization_id
            limit 1
            """)
        .bind("user", user.value())
        .mapTo(UUID.class)
        .findOne()
        .map(OrganizationId::new);
  }

  /// Whether the user may act there: as a member, or as an administrator of the platform, anywhere.
  ///
  /// @param session of the user, open
  boolean mayEnter(UserId user, UUID session, OrganizationId organization) {
    return database
        .handle()
        .createQuery(
            """
            select role is not null
            from enter_organization(:user, :session, :organization)
            """)
        .bind("user", user.value())
        .bind("session", session)
        .bind("organization", organization.value())
        .mapTo(Boolean.class)
        .one();
  }

  private void enter(UserId user) {
    database
        .handle()
        .createQuery("select enter_as_user(:user)")
        .bind("user", user.value())
        .mapTo(String.class)
        .one();
  }
}
