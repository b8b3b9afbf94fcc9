package app.turnout.identity.admins;

import app.turnout.domain.UserId;
import app.turnout.identity.accounts.EmailAddress;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.secrets.Secrets;
import app.turnout.platform.tokens.DerivedTokens;
import app.turnout.platform.tokens.Ids;
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

/// Invitations that are open: not accepted, not taken back, not expired. One an address.
@Singleton
final class InvitationRepository {
  private static final int FIRST_GENERATION = 1;
  private static final String OPEN =
      """
      select id, email, invited_by, created_at, expires_at
      from admin_invitations
      where accepted_at is null
        and revoked_at is null
        and expires_at > :now
      """;

  private final Database database;
  private final Ids ids;
  private final DerivedTokens tokens;

  InvitationRepository(Database database, Ids ids, Secrets secrets) {
    this.database = database;
    this.ids = ids;
    this.tokens = new DerivedTokens(secrets.get("verification-token-key"));
  }

  /// In place of the one that the address may have.
  Invitation add(EmailAddress email, String locale, UserId by, Instant now, Instant expiresAt) {
    Invitation invitation = new Invitation(ids.next(), email, by.value(), now, expiresAt);
    database
        .handle()
        .createUpdate(
            """
            update admin_invitations
            set revoked_at = :now
            where lower(email) = :email
              and accepted_at is null
              and revoked_at is null
            """)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("email", email.folded())
        .execute();
    database
        .handle()
        .createUpdate(
            """
            insert into admin_invitations (
              id, email, locale, generation, token_hash, invited_by, created_at, expires_at)
            values (:id, :email, :locale, :generation, :tokenHash, :by, :now, :expiresAt)
            """)
        .bind("id", invitation.id())
        .bind("email", email.value())
        .bind("locale", locale)
        .bind("generation", FIRST_GENERATION)
        .bind("tokenHash", DerivedTokens.hash(tokens.token(invitation.id(), FIRST_GENERATION)))
        .bind("by", by.value())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("expiresAt", expiresAt.atOffset(ZoneOffset.UTC))
        .execute();
    return invitation;
  }

  List<Invitation> list(@Nullable UUID after, int limit, Instant now) {
    return database
        .handle()
        .createQuery(
            OPEN
                + """
                  and (cast(:after as uuid) is null or id > :after)
                order by id
                limit :limit
                """)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("after", after)
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  /// The one that this token is for.
  Optional<Invitation> find(String token, Instant now) {
    return find(token, now, "");
  }

  /// The one that this token is for, until the transaction ends nobody else's.
  Optional<Invitation> lock(String token, Instant now) {
    return find(token, now, "for update");
  }

  private Optional<Invitation> find(String token, Instant now, String lock) {
    return tokens.verify(token).flatMap(name -> find(name, DerivedTokens.hash(token), now, lock));
  }

  private Optional<Invitation> find(
      DerivedTokens.Name name, byte[] tokenHash, Instant now, String lock) {
    return database
        .handle()
        .createQuery(
            OPEN
                + """
                  and id = :id
                  and generation = :generation
                  and token_hash = :tokenHash
                """
                + lock)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("id", name.id())
        .bind("generation", name.generation())
        .bind("tokenHash", tokenHash)
        .map((row, context) -> read(row))
        .findOne();
  }

  void markAccepted(UUID id, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            update admin_invitations
            set accepted_at = :now
            where id = :id
            """)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("id", id)
        .execute();
  }

  /// Takes it back. Whether it was open.
  boolean revoke(UUID id, Instant now) {
    return database
            .handle()
            .createUpdate(
                """
                update admin_invitations
                set revoked_at = :now
                where id = :id
                  and accepted_at is null
                  and revoked_at is null
                  and expires_at > :now
                """)
            .bind("now", now.atOffset(ZoneOffset.UTC))
            .bind("id", id)
            .execute()
        == 1;
  }

  private static Invitation read(ResultSet row) throws SQLException {
    return new Invitation(
        row.getObject("id", UUID.class),
        new EmailAddress(row.getString("email")),
        row.getObject("invited_by", UUID.class),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("expires_at", OffsetDateTime.class).toInstant());
  }
}
