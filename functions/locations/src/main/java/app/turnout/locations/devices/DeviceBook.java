package app.turnout.locations.devices;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.platform.idempotency.SecretRestorer;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.secrets.Secrets;
import app.turnout.platform.tokens.DeviceTokens;
import app.turnout.platform.tokens.Ids;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The devices of participants whose tenant was entered; of their tokens, the hashes.
@Singleton
public final class DeviceBook implements SecretRestorer<MadeDeviceResponse> {
  /// How exactly it is noted when a device sent: a phone sends every few seconds.
  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

  private static final String DEVICE =
      "select id, name, created_at, revoked_at, last_sent_at, last_refusal from participant_devices"
          + " ";

  private final Database database;
  private final Ids ids;
  private final DeviceTokens tokens;
  private final String publicUrl;

  DeviceBook(
      Database database,
      Ids ids,
      Secrets secrets,
      @Value("${turnout.public-url}") String publicUrl) {
    this.database = database;
    this.ids = ids;
    this.tokens = new DeviceTokens(secrets.get("device-token-key"));
    this.publicUrl = publicUrl;
  }

  /// Notes that a device has sent, and why nothing of it was taken.
  ///
  /// @param refusal a slug; null when something was taken
  public void note(UUID device, @Nullable String refusal, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            update participant_devices
            set last_sent_at = :now, last_refusal = cast(:refusal as text)
            where id = :id
              and (last_sent_at is null
                   or last_sent_at < :before
                   or last_refusal is distinct from cast(:refusal as text))
            """)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("before", now.minus(NOTED_EVERY).atOffset(ZoneOffset.UTC))
        .bind("refusal", refusal)
        .bind("id", device)
        .execute();
  }

  /// Locks a participant's devices until the transaction ends: nobody else adds one. False when
  /// there is no such participant.
  boolean lock(ParticipantId participant) {
    return database
        .handle()
        .createQuery(
            """
            select exists (select from participants where id = :id)
            from pg_advisory_xact_lock(hashtextextended('participant_devices:' || :id, 0))
            """)
        .bind("id", participant.value())
        .mapTo(Boolean.class)
        .one();
  }

  boolean isKnown(ParticipantId participant) {
    return database
        .handle()
        .createQuery("select exists (select from participants where id = :id)")
        .bind("id", participant.value())
        .mapTo(Boolean.class)
        .one();
  }

  /// How many may send.
  int count(ParticipantId participant) {
    return database
        .handle()
        .createQuery(
            """
            select count(*)
            from participant_devices
            where participant_id = :participant
              and revoked_at is null
            """)
        .bind("participant", participant.value())
        .mapTo(Integer.class)
        .one();
  }

  MadeDeviceResponse make(
      OrganizationId organization, ParticipantId participant, String name, Instant now) {
    UUID id = ids.next();
    database
        .handle()
        .createUpdate(
            """
            insert into participant_devices (
              id, organization_id, participant_id, name, token_hash, created_at)
            values (:id, :organization, :participant, :name, :hash, :now)
            """)
        .bind("id", id)
        .bind("organization", organization.value())
        .bind("participant", participant.value())
        .bind("name", name)
        .bind("hash", DeviceTokens.hash(tokens.text(id)))
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .execute();
    return made(id, name, now.atOffset(ZoneOffset.UTC));
  }

  /// In the order in which they were made.
  ///
  /// @param after the last one of the page before; null for the first page
  List<Device> list(ParticipantId participant, @Nullable UUID after, int limit) {
    return database
        .handle()
        .createQuery(
            DEVICE
                + """
                where participant_id = :participant
                  and (cast(:after as uuid) is null or id > cast(:after as uuid))
                order by id
                limit :limit
                """)
        .bind("participant", participant.value())
        .bind("after", after)
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  Optional<Device> lock(ParticipantId participant, UUID device) {
    return database
        .handle()
        .createQuery(DEVICE + "where id = :id and participant_id = :participant for update")
        .bind("id", device)
        .bind("participant", participant.value())
        .map((row, context) -> read(row))
        .findOne();
  }

  void revoke(UUID device, Instant now) {
    database
        .handle()
        .createUpdate("update participant_devices set revoked_at = :now where id = :id")
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("id", device)
        .execute();
  }

  @Override
  public Class<MadeDeviceResponse> type() {
    return MadeDeviceResponse.class;
  }

  /// Throws NOT_FOUND when the device was revoked since, or its participant removed.
  @Override
  public MadeDeviceResponse restore(MadeDeviceResponse kept) {
    boolean isGood =
        database
            .handle()
            .createQuery(
                """
                select exists (
                  select from participant_devices where id = :id and revoked_at is null)
                """)
            .bind("id", kept.id())
            .mapTo(Boolean.class)
            .one();
    if (!isGood) {
      throw ProblemException.notFound("device");
    }
    return made(kept.id(), kept.name(), kept.createdAt());
  }

  private MadeDeviceResponse made(UUID id, String name, OffsetDateTime createdAt) {
    String token = tokens.text(id);
    return new MadeDeviceResponse(id, name, token, AppSettings.of(publicUrl, token), createdAt);
  }

  private static Device read(ResultSet row) throws SQLException {
    return new Device(
        row.getObject("id", UUID.class),
        row.getString("name"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "revoked_at"),
        instant(row, "last_sent_at"),
        row.getString("last_refusal"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }
}
