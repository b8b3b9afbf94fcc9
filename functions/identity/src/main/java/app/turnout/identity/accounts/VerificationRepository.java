package app.turnout.identity.accounts;

import app.turnout.domain.UserId;
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

/// Registrations that wait for the token of their mail.
@Singleton
final class VerificationRepository {
  /// One that somebody has the token of.
  ///
  /// @param isUsed whether it was this one that verified the address
  record Pending(UUID id, UserId user, Instant expiresAt, boolean isUsed, boolean isUserVerified) {}

  private static final int FIRST_GENERATION = 1;

  private final Database database;
  private final Ids ids;
  private final DerivedTokens tokens;
  private final VerificationSettings settings;

  VerificationRepository(
      Database database, Ids ids, Secrets secrets, VerificationSettings settings) {
    this.database = database;
    this.ids = ids;
    this.tokens = new DerivedTokens(secrets.get("verification-token-key"));
    this.settings = settings;
  }

  /// The id, from which the relay derives the token.
  UUID add(UserId user, Registration registration, Instant now) {
    return insert(
        user,
        registration.name(),
        registration.locale(),
        registration.passwordHash(),
        now,
        now.plus(settings.lifetime()));
  }

  /// A row that opens nothing and keeps nothing: for an address that is taken, the same work as
  /// [#add].
  void addDecoy(UserId user, Instant now) {
    insert(user, "", "en", "", now, now);
  }

  private UUID insert(
      UserId user,
      String name,
      String locale,
      String passwordHash,
      Instant now,
      Instant expiresAt) {
    UUID id = ids.next();
    database
        .handle()
        .createUpdate(
            """
            insert into email_verifications (
              id, user_id, generation, token_hash, name, locale, password_hash, created_at, expires_at)
            values (
              :id, :user, :generation, :tokenHash, :name, :locale, :passwordHash, :now, :expiresAt)
            """)
        .bind("id", id)
        .bind("user", user.value())
        .bind("generation", FIRST_GENERATION)
        .bind("tokenHash", DerivedTokens.hash(tokens.token(id, FIRST_GENERATION)))
        .bind("name", name)
        .bind("locale", locale)
        .bind("passwordHash", passwordHash)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("expiresAt", expiresAt.atOffset(ZoneOffset.UTC))
        .execute();
    return id;
  }

  /// The one that this token is for, with its account locked.
  Optional<Pending> lock(String token) {
    return tokens.verify(token).flatMap(name -> lock(name, DerivedTokens.hash(token)));
  }

  private Optional<Pending> lock(DerivedTokens.Name name, byte[] tokenHash) {
    return database
        .handle()
        .createQuery(
            """
            select v.id, v.user_id, v.expires_at, v.used_at is not null as is_used,
                   u.email_verified_at is not null as is_user_verified
            from email_verifications v
            join users u on u.id = v.user_id
            where v.id = :id
              and v.generation = :generation
              and v.token_hash = :tokenHash
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
                    row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                    row.getBoolean("is_used"),
                    row.getBoolean("is_user_verified")))
        .findOne();
  }

  /// Makes the account what was registered, verified. The passwords of this registration and of the
  /// others that waited for the same address are forgotten here.
  void complete(Pending pending, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            with registered as (
              select user_id, name, locale, password_hash
              from email_verifications
              where id = :id),
            closed as (
              update email_verifications v
              set used_at = case when v.id = :id then :now end, password_hash = ''
              from registered
              where v.user_id = registered.user_id)
            update users u
            set name = r.name, locale = r.locale, password_hash = r.password_hash,
                email_verified_at = :now, updated_at = :now, version = u.version + 1
            from registered r
            where u.id = r.user_id
            """)
        .bind("id", pending.id())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .execute();
  }
}
