package app.turnout.messaging.relay.mail;

import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/// Whom mails about logins at other services go to.
@Singleton
final class IdentityRecipients {
  /// Somebody who is asked whether a login may be linked.
  ///
  /// @param login the provider's account
  /// @param isOpen whether the question still stands
  record Asked(
      String email,
      String locale,
      Login login,
      int generation,
      Instant expiresAt,
      boolean isOpen) {}

  /// A login at another service.
  ///
  /// @param provider as it calls itself
  record Login(String provider, String email) {
    static Login of(String provider, String email) {
      return new Login(
          switch (provider) {
            case "google" -> "Google";
            case "github" -> "GitHub";
            default -> provider;
          },
          email);
    }

    /// Puts it in place of what stands in braces.
    String fill(String words) {
      return words.replace("{provider}", provider).replace("{email}", email);
    }
  }

  private final Database database;

  IdentityRecipients(Database database) {
    this.database = database;
  }

  Optional<Asked> findAsked(UUID confirmation) {
    return database
        .handle()
        .createQuery(
            """
            select u.email as owner, u.locale, c.provider, c.email, c.generation, c.expires_at,
                   c.used_at is null and u.deactivated_at is null as is_open
            from identity_confirmations c
            join users u on u.id = c.user_id
            where c.id = :confirmation
            """)
        .bind("confirmation", confirmation)
        .map(
            (row, context) ->
                new Asked(
                    row.getString("owner"),
                    row.getString("locale"),
                    Login.of(row.getString("provider"), row.getString("email")),
                    row.getInt("generation"),
                    row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                    row.getBoolean("is_open")))
        .findOne();
  }

  Optional<Login> findLogin(UUID identity) {
    return database
        .handle()
        .createQuery(
            """
            select provider, email
            from identities
            where id = :identity
            """)
        .bind("identity", identity)
        .map((row, context) -> Login.of(row.getString("provider"), row.getString("email")))
        .findOne();
  }
}
