package app.turnout.locations.pings;

import app.turnout.domain.GeoPoint;
import app.turnout.domain.ParticipantId;
import app.turnout.locations.Ping;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Stored pings of the tenant that the transaction has entered.
@Singleton
final class PingRepository {
  private final Database database;

  PingRepository(Database database) {
    this.database = database;
  }

  boolean isThere(ParticipantId participant) {
    return database
        .handle()
        .createQuery("select exists (select from participants where id = :participant)")
        .bind("participant", participant.value())
        .mapTo(Boolean.class)
        .one();
  }

  /// In the order in which they were recorded.
  ///
  /// @param from the earliest; null for no such limit
  /// @param to recorded before it; null for no such limit
  /// @param after recorded after it; null for the first page
  List<StoredPing> list(
      ParticipantId participant,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable Instant after,
      int limit) {
    return database
        .handle()
        .createQuery(
            """
            select recorded_at, received_at, latitude, longitude, accuracy_metres, altitude_metres,
                   speed_metres_per_second, heading_degrees, battery_percent
            from tenant_pings
            where participant_id = :participant
              and recorded_at >= coalesce(cast(:from as timestamptz), '-infinity')
              and recorded_at < coalesce(cast(:to as timestamptz), 'infinity')
              and recorded_at > coalesce(cast(:after as timestamptz), '-infinity')
            order by recorded_at
            limit :limit
            """)
        .bind("participant", participant.value())
        .bind("from", from == null ? null : from.atOffset(ZoneOffset.UTC))
        .bind("to", to == null ? null : to.atOffset(ZoneOffset.UTC))
        .bind("after", after == null ? null : after.atOffset(ZoneOffset.UTC))
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  Optional<StoredPing> findLatest(ParticipantId participant) {
    return database
        .handle()
        .createQuery(
            """
            select recorded_at, received_at, latitude, longitude, accuracy_metres, altitude_metres,
                   speed_metres_per_second, heading_degrees, battery_percent
            from latest_positions
            where participant_id = :participant
            """)
        .bind("participant", participant.value())
        .map((row, context) -> read(row))
        .findOne();
  }

  private static StoredPing read(ResultSet row) throws SQLException {
    return new StoredPing(
        new Ping(
            row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
            new GeoPoint(row.getDouble("latitude"), row.getDouble("longitude")),
            row.getObject("accuracy_metres", Double.class),
            row.getObject("altitude_metres", Double.class),
            row.getObject("speed_metres_per_second", Double.class),
            row.getObject("heading_degrees", Double.class),
            row.getObject("battery_percent", Double.class)),
        row.getObject("received_at", OffsetDateTime.class).toInstant());
  }
}
