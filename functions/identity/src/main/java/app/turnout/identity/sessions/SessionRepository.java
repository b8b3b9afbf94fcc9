package app.turnout.identity.sessions;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Sessions; of their refresh tokens, the newest one's hash.
@Singleton
final class SessionRepository {
  private final Database database;

  SessionRepository(Database database) {
    this.database = database;
  }

  void add(Session session, byte[] tokenHash, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            insert into sessions (
              id, user_id, organization_id, generation, token_hash, created_at, rotated_at,
              expires_at)
            values (
              :id, :user, :organization, :generation, :tokenHash, :now, :rotatedAt, :expiresAt)
            """)
        .bind("id", session.id())
        .bind("user", session.user().value())
        .bind("organization", value(session.organization()))
        .bind("generation", session.generation())
        .bind("tokenHash", tokenHash)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("rotatedAt", session.rotatedAt().atOffset(ZoneOffset.UTC))
        .bind("expiresAt", session.expiresAt().atOffset(ZoneOffset.UTC))
        .execute();
  }

  /// Waits for whoever has it locked: of those that refresh at once, each sees what the one before
  /// it did.
  Optional<Session> lock(UUID id) {
    return database
        .handle()
        .createQuery(
            """
            select id, user_id, organization_id, generation, rotated_at, expires_at,
                   revoked_at is not null as is_revoked
            from sessions
            where id = :id
            for update
            """)
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  /// Keeps where the locked session stands now.
  void keep(Session session, byte[] tokenHash) {
    database
        .handle()
        .createUpdate(
            """
            update sessions
            set organization_id = :organization, generation = :generation,
                token_hash = :tokenHash, rotated_at = :rotatedAt, expires_at = :expiresAt
            where id = :id
            """)
        .bind("id", session.id())
        .bind("organization", value(session.organization()))
        .bind("generation", session.generation())
        .bind("tokenHash", tokenHash)
        .bind("rotatedAt", session.rotatedAt().atOffset(ZoneOffset.UTC))
        .bind("expiresAt", session.expiresAt().atOffset(ZoneOffset.UTC))
        .execute();
  }

  void revoke(UUID id, String because, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            update sessions
            set revoked_at = :now, revoked_because = :because
            where id = :id
              and revoked_at is null
            """)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("because", because)
        .bind("id", id)
        .execute();
  }

  private static Session read(ResultSet row) throws SQLException {
    UUID organization = row.getObject("organization_id", UUID.class);
    return new Session(
        row.getObject("id", UUID.class),
        new UserId(row.getObject("user_id", UUID.class)),
        organization == null ? null : new OrganizationId(organization),
        row.getInt("generation"),
        row.getObject("rotated_at", OffsetDateTime.class).toInstant(),
        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
        row.getBoolean("is_revoked"));
  }

  private static @Nullable UUID value(@Nullable OrganizationId organization) {
    return organization == null ? null : organization.value();
  }
}
