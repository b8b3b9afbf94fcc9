package app.turnout.organizations.members;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import app.turnout.platform.http.Cursor;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Members of the organization that the transaction has entered.
@Singleton
public final class MemberRepository {
  private static final String MEMBER =
      """
      select m.user_id, u.name, u.email, m.role, m.created_at, m.version
      from members m
      join users u on u.id = m.user_id
      where m.organization_id = :organization
      """;

  private final Database database;

  MemberRepository(Database database) {
    this.database = database;
  }

  public Optional<Member> find(OrganizationId organization, UserId user) {
    return database
        .handle()
        .createQuery(MEMBER + "and m.user_id = :user")
        .bind("organization", organization.value())
        .bind("user", user.value())
        .map((row, context) -> read(row))
        .findOne();
  }

  /// In the order in which they came.
  ///
  /// @param after when the last one of the page before came, and who that was; null for the first
  ///   page
  List<Member> list(OrganizationId organization, @Nullable Cursor after, int limit) {
    return database
        .handle()
        .createQuery(
            MEMBER
                + """
                and (cast(:afterUser as uuid) is null
                     or (m.created_at, m.user_id)
                        > (cast(:afterTime as timestamptz), cast(:afterUser as uuid)))
                order by m.created_at, m.user_id
                limit :limit
                """)
        .bind("organization", organization.value())
        .bind("afterTime", after == null ? null : after.instant(0).atOffset(ZoneOffset.UTC))
        .bind("afterUser", after == null ? null : after.uuid(1))
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  /// Whether somebody whose verified address this is belongs to it.
  public boolean hasAddress(OrganizationId organization, String email) {
    return database
        .handle()
        .createQuery(
            """
            select exists (
              select from members m
              join users u on u.id = m.user_id
              where m.organization_id = :organization
                and lower(u.email) = lower(:email)
                and u.email_verified_at is not null)
            """)
        .bind("organization", organization.value())
        .bind("email", email)
        .mapTo(Boolean.class)
        .one();
  }

  /// Whether there is an owner besides this one whose account is open. The owners are locked, and
  /// looked at only then: one who is closing their account does not hold the roster, but has their
  /// own and the others' rows.
  boolean hasOtherOwner(OrganizationId organization, UserId owner) {
    database
        .handle()
        .createQuery(
            """
            select user_id
            from members
            where organization_id = :organization
              and role = 'org_owner'
            order by user_id
            for update
            """)
        .bind("organization", organization.value())
        .mapTo(UUID.class)
        .list();
    return database
        .handle()
        .createQuery(
            """
            select exists (
              select from members m
              join users u on u.id = m.user_id
              where m.organization_id = :organization
                and m.user_id <> :owner
                and m.role = 'org_owner'
                and u.deactivated_at is null)
            """)
        .bind("organization", organization.value())
        .bind("owner", owner.value())
        .mapTo(Boolean.class)
        .one();
  }

  /// Somebody who is a member already stays what they are.
  public void add(OrganizationId organization, UserId user, MemberRole role, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            insert into members (organization_id, user_id, role, created_at)
            values (:organization, :user, :role, :now)
            on conflict (organization_id, user_id) do nothing
            """)
        .bind("organization", organization.value())
        .bind("user", user.value())
        .bind("role", role.wire())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .execute();
  }

  public void changeRole(OrganizationId organization, UserId user, MemberRole role) {
    database
        .handle()
        .createUpdate(
            """
            update members
            set role = :role, version = version + 1
            where organization_id = :organization
              and user_id = :user
            """)
        .bind("organization", organization.value())
        .bind("user", user.value())
        .bind("role", role.wire())
        .execute();
  }

  void remove(OrganizationId organization, UserId user) {
    database
        .handle()
        .createUpdate(
            """
            delete from members
            where organization_id = :organization
              and user_id = :user
            """)
        .bind("organization", organization.value())
        .bind("user", user.value())
        .execute();
  }

  private static Member read(ResultSet row) throws SQLException {
    return new Member(
        new UserId(row.getObject("user_id", UUID.class)),
        row.getString("name"),
        row.getString("email"),
        MemberRole.fromWire(row.getString("role")),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getLong("version"));
  }
}
