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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Sessions; of their refresh tokens, the newest one's hash.
@Singleton
final class SessionRepository {
  /// One as its owner is shown it.
  record Listed(
      UUID id,
      @Nullable UUID organization,
      @Nullable String userAgent,
      @Nullable String sourceAddress,
      Instant createdAt,
      Instant lastUsedAt,
      Instant expiresAt) {}

  private final Database database;

  SessionRepository(Database database) {
    this.database = database;
  }

  void add(Session session, byte[] tokenHash, Device device, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            insert into sessions (
              id, user_id, organization_id, generation, token_hash, user_agent, source_address,
              created_at, rotated_at, expires_at)
            values (
              :id, :user, :organization, :generation, :tokenHash, :userAgent, :sourceAddress, :now,
              :rotatedAt, :expiresAt)
            """)
        .bind("id", session.id())
        .bind("user", session.user().value())
        .bind("organization", value(session.organization()))
        .bind("generation", session.generation())
        .bind("tokenHash", tokenHash)
        .bind("userAgent", device.userAgent())
        .bind("sourceAddress", device.sourceAddress())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("rotatedAt", session.rotatedAt().atOffset(ZoneOffset.UTC))
        .bind("expiresAt", session.expiresAt().atOffset(ZoneOffset.UTC))
        .execute();
  }

  Optional<Session> find(UUID id) {
    return find(id, "");
  }

  /// Waits for whoever has it locked: of those that refresh at once, each sees what the one before
  /// it did.
  Optional<Session> lock(UUID id) {
    return find(id, "for update");
  }

  private Optional<Session> find(UUID id, String lock) {
    return database
        .handle()
        .createQuery(
            """
            select id, user_id, organization_id, generation, rotated_at, expires_at,
                   revoked_at is not null as is_revoked
            from sessions
            where id = :id
            """
                + lock)
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  /// Those of a user that are open, newest first.
  ///
  /// @param after the last one of the page before
  List<Listed> listOpen(UserId user, @Nullable UUID after, int limit, Instant now) {
    return database
        .handle()
        .createQuery(
            """
            select id, organization_id, user_agent, source_address, created_at, rotated_at,
                   expires_at
            from sessions
            where user_id = :user
              and revoked_at is null
              and expires_at > :now
              and (cast(:after as uuid) is null or id < cast(:after as uuid))
            order by id desc
            limit :limit
            """)
        .bind("user", user.value())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("after", after)
        .bind("limit", limit)
        .map(
            (row, context) ->
                new Listed(
                    row.getObject("id", UUID.class),
                    row.getObject("organization_id", UUID.class),
                    row.getString("user_agent"),
                    row.getString("source_address"),
                    row.getObject("created_at", OffsetDateTime.class).toInstant(),
                    row.getObject("rotated_at", OffsetDateTime.class).toInstant(),
                    row.getObject("expires_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  /// Keeps where the locked session was used from last.
  void keepDevice(UUID id, Device device) {
    database
        .handle()
        .createUpdate(
            """
            update sessions
            set user_agent = :userAgent, source_address = :sourceAddress
            where id = :id
            """)
        .bind("userAgent", device.userAgent())
        .bind("sourceAddress", device.sourceAddress())
        .bind("id", id)
        .execute();
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

  /// Whether it was not revoked before.
  boolean revoke(UUID id, String because, Instant now) {
    return database
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
            .execute()
        == 1;
  }

  /// How many there were.
  ///
  /// @param except the one that goes on; null for none
  int revokeAll(UserId user, @Nullable UUID except, String because, Instant now) {
    return database
        .handle()
        .createUpdate(
            """
            update sessions
            set revoked_at = :now, revoked_because = :because
            where user_id = :user
              and revoked_at is null
              and expires_at > :now
              and id is distinct from cast(:except as uuid)
            """)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("because", because)
        .bind("user", user.value())
        .bind("except", except)
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
