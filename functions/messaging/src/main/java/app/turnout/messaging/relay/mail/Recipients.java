package app.turnout.messaging.relay.mail;

import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Whom account mails go to, as they are when the mail leaves.
@Singleton
final class Recipients {
  /// Somebody who registered and has not proved the address.
  ///
  /// @param locale that they registered with
  /// @param isOpen whether the address is still to be verified
  record Unverified(
      String email, String locale, int generation, Instant expiresAt, boolean isOpen) {}

  /// Somebody with an account.
  record Owner(String email, String locale, boolean isDeactivated) {}

  /// Somebody who asked to set a new password.
  ///
  /// @param isVerified whether the address was shown to be theirs
  /// @param deactivatedAt null for who did not
  record Forgetful(
      String email,
      String locale,
      Instant expiresAt,
      boolean isUsed,
      boolean isVerified,
      @Nullable Instant deactivatedAt) {}

  /// Somebody whose account is to have another address.
  ///
  /// @param isTaken whether the new one is another account's
  record Moving(
      String oldEmail,
      String newEmail,
      String locale,
      Instant expiresAt,
      boolean isUsed,
      boolean isTaken) {}

  private final Database database;

  Recipients(Database database) {
    this.database = database;
  }

  Optional<Unverified> findUnverified(UUID verification) {
    return database
        .handle()
        .createQuery(
            """
            select u.email, v.locale, v.generation, v.expires_at,
                   u.email_verified_at is null and v.used_at is null as is_open
            from email_verifications v
            join users u on u.id = v.user_id
            where v.id = :verification
            """)
        .bind("verification", verification)
        .map(
            (row, context) ->
                new Unverified(
                    row.getString("email"),
                    row.getString("locale"),
                    row.getInt("generation"),
                    row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                    row.getBoolean("is_open")))
        .findOne();
  }

  /// An organization that is being deleted.
  record Closing(String name, Instant dueAt) {}

  /// Empty when its deletion was taken back.
  Optional<Closing> findClosing(UUID organization) {
    return database
        .handle()
        .createQuery(
            """
            select name, deletion_due_at
            from organizations
            where id = :organization
              and deletion_due_at is not null
            """)
        .bind("organization", organization)
        .map(
            (row, context) ->
                new Closing(
                    row.getString("name"),
                    row.getObject("deletion_due_at", OffsetDateTime.class).toInstant()))
        .findOne();
  }

  Optional<Owner> findOwner(UUID user) {
    return database
        .handle()
        .createQuery(
            """
            select email, locale, deactivated_at is not null as is_deactivated
            from users
            where id = :user
            """)
        .bind("user", user)
        .map(
            (row, context) ->
                new Owner(
                    row.getString("email"),
                    row.getString("locale"),
                    row.getBoolean("is_deactivated")))
        .findOne();
  }

  Optional<Forgetful> findForgetful(UUID reset) {
    return database
        .handle()
        .createQuery(
            """
            select u.email, u.locale, r.expires_at, r.used_at is not null as is_used,
                   u.email_verified_at is not null as is_verified, u.deactivated_at
            from password_resets r
            join users u on u.id = r.user_id
            where r.id = :reset
            """)
        .bind("reset", reset)
        .map(
            (row, context) -> {
              OffsetDateTime deactivatedAt = row.getObject("deactivated_at", OffsetDateTime.class);
              return new Forgetful(
                  row.getString("email"),
                  row.getString("locale"),
                  row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                  row.getBoolean("is_used"),
                  row.getBoolean("is_verified"),
                  deactivatedAt == null ? null : deactivatedAt.toInstant());
            })
        .findOne();
  }

  Optional<Moving> findMoving(UUID change) {
    return database
        .handle()
        .createQuery(
            """
            select c.old_email, c.new_email, u.locale, c.expires_at,
                   c.used_at is not null as is_used,
                   exists (
                     select from users other
                     where lower(other.email) = lower(c.new_email)
                       and other.email_verified_at is not null
                       and other.id <> u.id) as is_taken
            from email_changes c
            join users u on u.id = c.user_id
            where c.id = :change
            """)
        .bind("change", change)
        .map(
            (row, context) ->
                new Moving(
                    row.getString("old_email"),
                    row.getString("new_email"),
                    row.getString("locale"),
                    row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                    row.getBoolean("is_used"),
                    row.getBoolean("is_taken")))
        .findOne();
  }
}
