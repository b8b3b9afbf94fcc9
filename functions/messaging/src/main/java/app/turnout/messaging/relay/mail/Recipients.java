package app.turnout.messaging.relay.mail;

import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

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
  record Owner(String email, String locale) {}

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
            select email, locale
            from users
            where id = :user
            """)
        .bind("user", user)
        .map((row, context) -> new Owner(row.getString("email"), row.getString("locale")))
        .findOne();
  }
}
