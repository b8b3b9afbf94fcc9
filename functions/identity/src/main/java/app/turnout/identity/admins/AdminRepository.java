package app.turnout.identity.admins;

import app.turnout.domain.UserId;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who administers the platform. An account that is deactivated does not, until it is back.
@Singleton
final class AdminRepository {
  /// Names the lock under which administrators come and go; any number that nobody else takes.
  private static final long LOCK = 0x7375_7065_7261_646dL;

  private final Database database;

  AdminRepository(Database database) {
    this.database = database;
  }

  /// Waits until nobody else makes or dismisses administrators, or invites them: how many there are
  /// is a matter of all rows, which no row's lock guards. Taken before any account is locked.
  void lock() {
    database
        .handle()
        .createQuery("select pg_advisory_xact_lock(:lock)")
        .bind("lock", LOCK)
        .mapTo(String.class)
        .one();
  }

  boolean hasNone() {
    return database
        .handle()
        .createQuery(
            """
            select not exists (
              select from users
              where super_admin_since is not null
                and deactivated_at is null)
            """)
        .mapTo(Boolean.class)
        .one();
  }

  boolean isAdmin(UserId user) {
    return database
        .handle()
        .createQuery(
            """
            select exists (
              select from users
              where id = :user
                and super_admin_since is not null
                and deactivated_at is null)
            """)
        .bind("user", user.value())
        .mapTo(Boolean.class)
        .one();
  }

  /// Whether somebody is an administrator, or will be once their account is back.
  boolean isAppointed(UserId user) {
    return database
        .handle()
        .createQuery(
            """
            select exists (
              select from users
              where id = :user
                and super_admin_since is not null)
            """)
        .bind("user", user.value())
        .mapTo(Boolean.class)
        .one();
  }

  /// Makes somebody an administrator, if there is none. Whether it did; under the lock.
  boolean makeFirst(UserId user, Instant now) {
    return database
            .handle()
            .createUpdate(
                """
                update users
                set super_admin_since = :now, updated_at = :now, version = version + 1
                where id = :user
                  and not exists (
                    select from users other
                    where other.super_admin_since is not null
                      and other.deactivated_at is null)
                """)
            .bind("now", now.atOffset(ZoneOffset.UTC))
            .bind("user", user.value())
            .execute()
        == 1;
  }

  /// Makes somebody an administrator; who is one stays one.
  void make(UserId user, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            update users
            set super_admin_since = :now, updated_at = :now, version = version + 1
            where id = :user
              and super_admin_since is null
            """)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("user", user.value())
        .execute();
  }

  /// Dismisses an administrator, unless there is no other. Whether it did; under the lock.
  boolean dismissUnlessLast(UserId user, Instant now) {
    return database
            .handle()
            .createUpdate(
                """
                update users
                set super_admin_since = null, updated_at = :now, version = version + 1
                where id = :user
                  and exists (
                    select from users other
                    where other.super_admin_since is not null
                      and other.deactivated_at is null
                      and other.id <> :user)
                """)
            .bind("now", now.atOffset(ZoneOffset.UTC))
            .bind("user", user.value())
            .execute()
        == 1;
  }

  /// Those among them whose account is deactivated too.
  List<Admin> list(@Nullable UUID after, int limit) {
    return database
        .handle()
        .createQuery(
            """
            select id, name, email, super_admin_since
            from users
            where super_admin_since is not null
              and (cast(:after as uuid) is null or id > :after)
            order by id
            limit :limit
            """)
        .bind("after", after)
        .bind("limit", limit)
        .map(
            (row, context) ->
                new Admin(
                    new UserId(row.getObject("id", UUID.class)),
                    row.getString("name"),
                    row.getString("email"),
                    row.getObject("super_admin_since", OffsetDateTime.class).toInstant()))
        .list();
  }
}
