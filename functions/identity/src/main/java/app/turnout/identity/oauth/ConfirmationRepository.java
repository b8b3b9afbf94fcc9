package app.turnout.identity.oauth;

import app.turnout.domain.UserId;
import app.turnout.identity.oauth.providers.Profile;
import app.turnout.identity.oauth.providers.Provider;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.secrets.Secrets;
import app.turnout.platform.tokens.DerivedTokens;
import app.turnout.platform.tokens.Ids;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/// Identities that wait for the owner of the account to say yes, by the token of a mail.
@Singleton
final class ConfirmationRepository {
  /// One that somebody has the token of.
  record Pending(
      UUID id,
      UserId user,
      Provider provider,
      String subject,
      String email,
      Instant expiresAt,
      boolean isUsed) {}

  private static final int FIRST_GENERATION = 1;

  private final Database database;
  private final Ids ids;
  private final DerivedTokens tokens;

  ConfirmationRepository(Database database, Ids ids, Secrets secrets) {
    this.database = database;
    this.ids = ids;
    this.tokens = new DerivedTokens(secrets.get("verification-token-key"));
  }

  /// The id, from which the relay derives the token.
  UUID add(UserId user, Profile profile, Instant now, Instant expiresAt) {
    UUID id = ids.next();
    database
        .handle()
        .createUpdate(
            """
            insert into identity_confirmations (
              id, user_id, provider, subject, email, generation, token_hash, created_at, expires_at)
            values (
              :id, :user, :provider, :subject, :email, :generation, :tokenHash, :now, :expiresAt)
            """)
        .bind("id", id)
        .bind("user", user.value())
        .bind("provider", profile.provider().wire())
        .bind("subject", profile.subject())
        .bind("email", profile.email().value())
        .bind("generation", FIRST_GENERATION)
        .bind("tokenHash", DerivedTokens.hash(tokens.token(id, FIRST_GENERATION)))
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("expiresAt", expiresAt.atOffset(ZoneOffset.UTC))
        .execute();
    return id;
  }

  /// How many are open for an account that is locked.
  int countOpen(UserId user, Instant now) {
    return database
        .handle()
        .createQuery(
            """
            select count(*)
            from identity_confirmations
            where user_id = :user
              and used_at is null
              and expires_at > :now
            """)
        .bind("user", user.value())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .mapTo(Integer.class)
        .one();
  }

  /// The one that this token is for, locked.
  Optional<Pending> lock(String token) {
    return tokens.verify(token).flatMap(name -> lock(name, DerivedTokens.hash(token)));
  }

  private Optional<Pending> lock(DerivedTokens.Name name, byte[] tokenHash) {
    return database
        .handle()
        .createQuery(
            """
            select id, user_id, provider, subject, email, expires_at, used_at is not null as is_used
            from identity_confirmations
            where id = :id
              and generation = :generation
              and token_hash = :tokenHash
            for update
            """)
        .bind("id", name.id())
        .bind("generation", name.generation())
        .bind("tokenHash", tokenHash)
        .map(
            (row, context) ->
                new Pending(
                    row.getObject("id", UUID.class),
                    new UserId(row.getObject("user_id", UUID.class)),
                    Provider.find(row.getString("provider")).orElseThrow(),
                    row.getString("subject"),
                    row.getString("email"),
                    row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                    row.getBoolean("is_used")))
        .findOne();
  }

  void markUsed(UUID id, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            update identity_confirmations
            set used_at = :now
            where id = :id
            """)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("id", id)
        .execute();
  }
}
