package app.turnout.identity.credentials;

import app.turnout.domain.UserId;
import app.turnout.identity.accounts.Account;
import app.turnout.identity.accounts.EmailAddress;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.secrets.Secrets;
import app.turnout.platform.tokens.DerivedTokens;
import app.turnout.platform.tokens.Ids;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/// Addresses that accounts are to have, once their owners show that they read what is sent there.
/// Of one account only the newest is open.
@Singleton
final class EmailChangeRepository {
  /// One that somebody has the token of, and that is open.
  record Open(UUID id, UserId user, EmailAddress newEmail) {}

  private static final int GENERATION = 1;

  private final Database database;
  private final Ids ids;
  private final DerivedTokens tokens;
  private final CredentialSettings settings;

  EmailChangeRepository(Database database, Ids ids, Secrets secrets, CredentialSettings settings) {
    this.database = database;
    this.ids = ids;
    // Kinds of mailed tokens share a key: their ids tell them apart.
    this.tokens = new DerivedTokens(secrets.get("verification-token-key"));
    this.settings = settings;
  }

  /// The id, from which the relay derives the token. The account must be locked.
  UUID addNewest(Account account, EmailAddress newEmail, Instant now) {
    UUID id = ids.next();
    closeAll(account.id(), now);
    database
        .handle()
        .createUpdate(
            """
            insert into email_changes (
              id, user_id, old_email, new_email, token_hash, created_at, expires_at)
            values (:id, :user, :oldEmail, :newEmail, :tokenHash, :now, :expiresAt)
            """)
        .bind("id", id)
        .bind("user", account.id().value())
        .bind("oldEmail", account.email().value())
        .bind("newEmail", newEmail.value())
        .bind("tokenHash", DerivedTokens.hash(tokens.token(id, GENERATION)))
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("expiresAt", now.plus(settings.emailChangeLifetime()).atOffset(ZoneOffset.UTC))
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
            select id, user_id, new_email
            from email_changes
            where id = :id
              and token_hash = :tokenHash
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
                    new UserId(row.getObject("user_id", UUID.class)),
                    new EmailAddress(row.getString("new_email"))))
        .findOne();
  }

  /// The account must be locked.
  void use(UUID id, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            update email_changes
            set used_at = :now
            where id = :id
            """)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("id", id)
        .execute();
  }

  /// The account must be locked.
  void closeAll(UserId user, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            update email_changes
            set expires_at = :now
            where user_id = :user
              and used_at is null
              and expires_at > :now
            """)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("user", user.value())
        .execute();
  }
}
