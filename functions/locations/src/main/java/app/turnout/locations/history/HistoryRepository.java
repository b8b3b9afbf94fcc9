package app.turnout.locations.history;

import app.turnout.domain.EventId;
import app.turnout.domain.GeoPoint;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.ParticipantId;
import app.turnout.locations.Ping;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Stored pings and latest positions of the tenant that the transaction has entered.
@Singleton
final class HistoryRepository {
  private static final String LATEST =
      """
      select participant_id, recorded_at, received_at, latitude, longitude, accuracy_metres,
             altitude_metres, speed_metres_per_second, heading_degrees, battery_percent
      from latest_positions
      """;

  private final Database database;

  HistoryRepository(Database database) {
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

  /// @param chosen null for the current date, else the next, else the last
  Optional<OccurrenceId> findOccurrence(EventId event, @Nullable OccurrenceId chosen, Instant now) {
    return database
        .handle()
        .createQuery(
            """
            select id
            from occurrences
            where event_id = :event
              and id = coalesce(cast(:chosen as uuid), meant_occurrence(event_id, :now))
            """)
        .bind("event", event.value())
        .bind("chosen", chosen == null ? null : chosen.value())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .mapTo(UUID.class)
        .findOne()
        .map(OccurrenceId::new);
  }

  /// Names of participants, by id.
  Map<ParticipantId, String> names(Collection<ParticipantId> participants) {
    return database
        .handle()
        .createQuery("select id, name from participants where id = any(:participants)")
        .bindArray(
            "participants", UUID.class, participants.stream().map(ParticipantId::value).toArray())
        .map(
            (row, context) ->
                Map.entry(
                    new ParticipantId(row.getObject("id", UUID.class)), row.getString("name")))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /// In the order in which they were recorded.
  ///
  /// @param start the earliest, within the range; null for the range's
  List<TrackPoint> list(
      ParticipantId participant, Range range, @Nullable Instant start, int limit) {
    return database
        .handle()
        .createQuery(
            """
            select participant_id, recorded_at, received_at, latitude, longitude, accuracy_metres,
                   altitude_metres, speed_metres_per_second, heading_degrees, battery_percent
            from tenant_pings
            where participant_id = :participant
              and recorded_at >= greatest(cast(:from as timestamptz), cast(:start as timestamptz),
                                          '-infinity')
              and recorded_at < coalesce(cast(:to as timestamptz), 'infinity')
            order by recorded_at
            limit :limit
            """)
        .bind("participant", participant.value())
        .bind("from", timestamp(range.from()))
        .bind("to", timestamp(range.to()))
        .bind("start", timestamp(start))
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  /// Of all participants of a date, one after the other, by the index of each one's pings: the
  /// latest position tells who has any.
  ///
  /// @param start the first, within the range; null for the very first
  List<TrackPoint> list(OccurrenceId occurrence, Range range, @Nullable Mark start, int limit) {
    return database
        .handle()
        .createQuery(
            """
            select g.*
            from participants p
            join latest_positions l on l.participant_id = p.id
            cross join lateral (
              select participant_id, recorded_at, received_at, latitude, longitude,
                     accuracy_metres, altitude_metres, speed_metres_per_second, heading_degrees,
                     battery_percent
              from tenant_pings
              where participant_id = p.id
                and recorded_at >= greatest(
                  cast(:from as timestamptz),
                  case when p.id = cast(:startParticipant as uuid)
                       then cast(:start as timestamptz) end,
                  '-infinity')
                and recorded_at < coalesce(cast(:to as timestamptz), 'infinity')
                and recorded_at <= l.recorded_at
              order by recorded_at
              limit :limit) g
            where p.occurrence_id = :occurrence
              and (cast(:startParticipant as uuid) is null or p.id >= :startParticipant)
              and l.recorded_at >= coalesce(cast(:from as timestamptz), '-infinity')
            order by p.id, g.recorded_at
            limit :limit
            """)
        .bind("occurrence", occurrence.value())
        .bind("from", timestamp(range.from()))
        .bind("to", timestamp(range.to()))
        .bind("startParticipant", start == null ? null : start.participant().value())
        .bind("start", start == null ? null : timestamp(start.recordedAt()))
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  Optional<TrackPoint> findLatest(ParticipantId participant) {
    return database
        .handle()
        .createQuery(LATEST + "where participant_id = :participant")
        .bind("participant", participant.value())
        .map((row, context) -> read(row))
        .findOne();
  }

  /// In the order of the participants' ids.
  ///
  /// @param after the last participant of the page before; null for the first page
  List<TrackPoint> listLatest(OccurrenceId occurrence, @Nullable UUID after, int limit) {
    return database
        .handle()
        .createQuery(
            LATEST
                + """
                where participant_id in (
                    select id
                    from participants
                    where occurrence_id = :occurrence)
                  and (cast(:after as uuid) is null or participant_id > :after)
                order by participant_id
                limit :limit
                """)
        .bind("occurrence", occurrence.value())
        .bind("after", after)
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  private static @Nullable OffsetDateTime timestamp(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  private static TrackPoint read(ResultSet row) throws SQLException {
    return new TrackPoint(
        new ParticipantId(row.getObject("participant_id", UUID.class)),
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
