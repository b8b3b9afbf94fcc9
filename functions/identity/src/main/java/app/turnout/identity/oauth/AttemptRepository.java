package app.turnout.identity.oauth;

import app.turnout.domain.UserId;
import app.turnout.identity.oauth.providers.Profile;
import app.turnout.identity.oauth.providers.Provider;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/// Attempts. Each step may be taken once, which one statement decides.
@Singleton
final class AttemptRepository {
  /// An identity that waits to be linked.
  record Unlinked(Provider provider, String subject, String email) {}

  private final Database database;

  AttemptRepository(Database database) {
    this.database = database;
  }

  void add(Attempt attempt, Instant now, Instant expiresAt) {
    database
        .handle()
        .createUpdate(
            """
            insert into oauth_attempts (
              id, provider, purpose, redirect_uri, code_challenge, locale, created_at, expires_at)
            values (
              :id, :provider, :purpose, :redirectUri, :codeChallenge, :locale, :now, :expiresAt)
            """)
        .bind("id", attempt.id())
        .bind("provider", attempt.provider().wire())
        .bind("purpose", attempt.purpose().wire())
        .bind("redirectUri", attempt.redirectUri())
        .bind("codeChallenge", attempt.codeChallenge())
        .bind("locale", attempt.locale())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("expiresAt", expiresAt.atOffset(ZoneOffset.UTC))
        .execute();
  }

  Optional<Attempt> find(UUID id) {
    return database
        .handle()
        .createQuery(
            """
            select id, provider, purpose, redirect_uri, code_challenge, locale
            from oauth_attempts
            where id = :id
            """)
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  /// Notes that the browser came back. Whether it is the first time, and in time.
  boolean markReturned(UUID id, Provider provider, Instant now) {
    return database
            .handle()
            .createUpdate(
                """
                update oauth_attempts
                set returned_at = :now
                where id = :id
                  and provider = :provider
                  and returned_at is null
                  and expires_at > :now
                """)
            .bind("now", now.atOffset(ZoneOffset.UTC))
            .bind("id", id)
            .bind("provider", provider.wire())
            .execute()
        == 1;
  }

  /// The code lets this user in.
  void admit(UUID id, UserId user, Instant codeExpiresAt) {
    database
        .handle()
        .createUpdate(
            """
            update oauth_attempts
            set user_id = :user, code_expires_at = :codeExpiresAt
            where id = :id
            """)
        .bind("user", user.value())
        .bind("codeExpiresAt", codeExpiresAt.atOffset(ZoneOffset.UTC))
        .bind("id", id)
        .execute();
  }

  /// The code links this identity.
  void offer(UUID id, Profile profile, Instant codeExpiresAt) {
    database
        .handle()
        .createUpdate(
            """
            update oauth_attempts
            set subject = :subject, email = :email, code_expires_at = :codeExpiresAt
            where id = :id
            """)
        .bind("subject", profile.subject())
        .bind("email", profile.email().value())
        .bind("codeExpiresAt", codeExpiresAt.atOffset(ZoneOffset.UTC))
        .bind("id", id)
        .execute();
  }

  /// Who is let in by the code of this attempt: once, in time, for who began it.
  Optional<UserId> redeemLogin(UUID id, String codeChallenge, Instant now) {
    return database
        .handle()
        .createQuery(
            """
            update oauth_attempts
            set redeemed_at = :now
            where id = :id
              and purpose = 'login'
              and user_id is not null
              and code_challenge = :codeChallenge
              and redeemed_at is null
              and code_expires_at > :now
            returning user_id
            """)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("id", id)
        .bind("codeChallenge", codeChallenge)
        .mapTo(UUID.class)
        .findOne()
        .map(UserId::new);
  }

  /// What is linked by the code of this attempt: once, in time, for who began it.
  Optional<Unlinked> redeemLink(UUID id, String codeChallenge, Instant now) {
    return database
        .handle()
        .createQuery(
            """
            update oauth_attempts
            set redeemed_at = :now
            where id = :id
              and purpose = 'link'
              and code_challenge = :codeChallenge
              and redeemed_at is null
              and code_expires_at > :now
            returning provider, subject, email
            """)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("id", id)
        .bind("codeChallenge", codeChallenge)
        .map(
            (row, context) ->
                new Unlinked(provider(row), row.getString("subject"), row.getString("email")))
        .findOne();
  }

  private static Attempt read(ResultSet row) throws SQLException {
    return new Attempt(
        row.getObject("id", UUID.class),
        provider(row),
        Attempt.Purpose.fromWire(row.getString("purpose")),
        row.getString("redirect_uri"),
        row.getString("code_challenge"),
        row.getString("locale"));
  }

  private static Provider provider(ResultSet row) throws SQLException {
    return Provider.find(row.getString("provider")).orElseThrow();
  }
}
