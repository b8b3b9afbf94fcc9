package app.turnout.identity.credentials;

import app.turnout.domain.UserId;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.secrets.Secrets;
import app.turnout.platform.tokens.DerivedTokens;
import app.turnout.platform.tokens.Ids;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Passwords that somebody asked to set anew, by a token of the mail that they wait for. Of one
/// account only the newest is open.
@Singleton
final class PasswordResetRepository {
  /// One that somebody has the token of, and that is open.
  record Open(UUID id, UserId user) {}

  private static final int GENERATION = 1;

  private final Database database;
  private final Ids ids;
  private final DerivedTokens tokens;
  private final CredentialSettings settings;

  PasswordResetRepository(
      Database database, Ids ids, Secrets secrets, CredentialSettings settings) {
    this.database = database;
    this.ids = ids;
    // Kinds of mailed tokens share a key: their ids tell them apart.
    this.tokens = new DerivedTokens(secrets.get("verification-token-key"));
    this.settings = settings;
  }

  /// The id, from which the relay derives the token. The account, if any, must be locked.
  ///
  /// @param user null when nobody has the address
  UUID addNewest(@Nullable UserId user, Instant now) {
    UUID id = ids.next();
    closeAll(user, now);
    database
        .handle()
        .createUpdate(
            """
            insert into password_resets (id, user_id, token_hash, created_at, expires_at)
            values (:id, :user, :tokenHash, :now, :expiresAt)
            """)
        .bind("id", id)
        .bind("user", value(user))
        .bind("tokenHash", DerivedTokens.hash(tokens.token(id, GENERATION)))
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("expiresAt", now.plus(settings.resetLifetime()).atOffset(ZoneOffset.UTC))
        .execute();
    return id;
  }

  /// The open one that this token is for.
  Optional<Open> find(String token, Instant now) {
    return tokens.verify(token).flatMap(name -> find(name, DerivedTokens.hash(token), now));
  }

  private Optional<Open> find(DerivedTokens.Name name, byte[] tokenHash, Instant now) {
    return database
        .handle()
        .createQuery(
            """
            select id, user_id
            from password_resets
            where id = :id
              and token_hash = :tokenHash
              and user_id is not null
              and used_at is null
              and expires_at > :now
            """)
        .bind("id", name.id())
        .bind("tokenHash", tokenHash)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .map(
            (row, context) ->
                new Open(
                    row.getObject("id", UUID.class),
                    new UserId(row.getObject("user_id", UUID.class))))
        .findOne();
  }

  /// Whether it was open until now. The account must be locked.
  boolean use(UUID id, Instant now) {
    return database
            .handle()
            .createUpdate(
                """
                update password_resets
                set used_at = :now
                where id = :id
                  and used_at is null
                  and expires_at > :now
                """)
            .bind("now", now.atOffset(ZoneOffset.UTC))
            .bind("id", id)
            .execute()
        == 1;
  }

  /// The account, if any, must be locked.
  void closeAll(@Nullable UserId user, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            update password_resets
            set expires_at = :now
            where user_id = cast(:user as uuid)
              and used_at is null
              and expires_at > :now
            """)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("user", value(user))
        .execute();
  }

  private static @Nullable UUID value(@Nullable UserId user) {
    return user == null ? null : user.value();
  }
}
