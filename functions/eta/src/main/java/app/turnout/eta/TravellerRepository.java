package app.turnout.eta;

import app.turnout.domain.EventId;
import app.turnout.domain.GeoPoint;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.ParticipantId;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Places, participants and their positions, of the tenant that the transaction has entered.
@Singleton
final class TravellerRepository {
  private static final String VENUE =
      """
      select e.id as event_id,
             o.id as occurrence_id,
             d.latitude,
             d.longitude,
             e.arrival_radius_metres
      from events e
      join occurrences o on o.event_id = e.id
      join occurrence_details d on d.id = o.id
      """;

  private static final String TRAVELLER =
      """
      select p.id, p.name, l.recorded_at, l.latitude, l.longitude, l.accuracy_metres, r.arrived_at
      from participants p
      left join latest_positions l on l.participant_id = p.id
      left join arrivals r on r.participant_id = p.id
      """;

  private final Database database;

  TravellerRepository(Database database) {
    this.database = database;
  }

  /// @param chosen null for the current date, else the next, else the last
  Optional<Venue> findVenue(EventId event, @Nullable OccurrenceId chosen, Instant now) {
    return database
        .handle()
        .createQuery(
            VENUE
                + """
                where e.id = :event
                  and o.id = coalesce(cast(:chosen as uuid), meant_occurrence(e.id, :now))
                """)
        .bind("event", event.value())
        .bind("chosen", chosen == null ? null : chosen.value())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .map((row, context) -> venue(row))
        .findOne();
  }

  /// Where a participant is expected.
  Optional<Venue> findVenue(ParticipantId participant) {
    return database
        .handle()
        .createQuery(
            VENUE
                + """
                join participants p on p.occurrence_id = o.id
                where p.id = :participant
                """)
        .bind("participant", participant.value())
        .map((row, context) -> venue(row))
        .findOne();
  }

  Optional<Traveller> find(ParticipantId participant) {
    return database
        .handle()
        .createQuery(TRAVELLER + "where p.id = :participant")
        .bind("participant", participant.value())
        .map((row, context) -> traveller(row))
        .findOne();
  }

  /// In the order in which they were added.
  ///
  /// @param after the last one of the page before; null for the first page
  List<Traveller> list(OccurrenceId occurrence, @Nullable UUID after, int limit) {
    return database
        .handle()
        .createQuery(
            TRAVELLER
                + """
                where p.occurrence_id = :occurrence
                  and (cast(:after as uuid) is null or p.id > :after)
                order by p.id
                limit :limit
                """)
        .bind("occurrence", occurrence.value())
        .bind("after", after)
        .bind("limit", limit)
        .map((row, context) -> traveller(row))
        .list();
  }

  /// The pings of each participant's last minutes, counted back from the latest one; nobody is in
  /// there who has none. One scan of the index a participant, whatever else is stored: hence the
  /// limit, far above what a phone sends, and the earliest time, which leaves days out.
  Map<ParticipantId, List<Ping>> recentPings(Collection<Traveller> travellers, Duration window) {
    Map<ParticipantId, List<Ping>> pings = new HashMap<>();
    Optional<Instant> earliest =
        travellers.stream()
            .map(Traveller::latest)
            .filter(Objects::nonNull)
            .map(Ping::time)
            .min(Comparator.naturalOrder());
    if (earliest.isEmpty()) {
      return pings;
    }
    Object[] ids = travellers.stream().map(traveller -> traveller.id().value()).toArray();
    database
        .handle()
        .createQuery(
            """
            select g.*
            from latest_positions l
            cross join lateral (
              select participant_id, recorded_at, latitude, longitude, accuracy_metres
              from tenant_pings
              where participant_id = l.participant_id
                and recorded_at between l.recorded_at - make_interval(secs => :window)
                                    and l.recorded_at
                and recorded_at >= :earliest
              order by recorded_at desc
              limit 1000) g
            where l.participant_id = any(:participants)
            """)
        .bindArray("participants", UUID.class, ids)
        .bind("window", (double) window.toSeconds())
        .bind("earliest", earliest.get().minus(window).atOffset(ZoneOffset.UTC))
        .map(
            (row, context) ->
                Map.entry(
                    new ParticipantId(row.getObject("participant_id", UUID.class)), ping(row)))
        .forEach(
            entry ->
                pings
                    .computeIfAbsent(entry.getKey(), id -> new ArrayList<>())
                    .add(entry.getValue()));
    return pings;
  }

  private static Venue venue(ResultSet row) throws SQLException {
    Double latitude = row.getObject("latitude", Double.class);
    Double longitude = row.getObject("longitude", Double.class);
    return new Venue(
        new EventId(row.getObject("event_id", UUID.class)),
        new OccurrenceId(row.getObject("occurrence_id", UUID.class)),
        latitude == null || longitude == null
            ? null
            : new Place(new GeoPoint(latitude, longitude), row.getDouble("arrival_radius_metres")));
  }

  private static Traveller traveller(ResultSet row) throws SQLException {
    OffsetDateTime arrivedAt = row.getObject("arrived_at", OffsetDateTime.class);
    return new Traveller(
        new ParticipantId(row.getObject("id", UUID.class)),
        row.getString("name"),
        row.getObject("recorded_at") == null ? null : ping(row),
        arrivedAt == null ? null : arrivedAt.toInstant());
  }

  private static Ping ping(ResultSet row) throws SQLException {
    return new Ping(
        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
        new GeoPoint(row.getDouble("latitude"), row.getDouble("longitude")),
        row.getDouble("accuracy_metres"));
  }
}
