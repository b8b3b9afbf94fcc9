package app.turnout.eta;

import app.turnout.domain.GeoPoint;
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
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// Pings of the tenant that the transaction has entered; one statement, whatever number of
/// participants. Each has one scan of the index, whatever else is stored: hence limits, and the
/// earliest time, which leaves days out.
@Singleton
final class RecentPings {
  /// Far above what a phone sends.
  private static final int MOST_PINGS = 1_000;

  private final Database database;

  RecentPings(Database database) {
    this.database = database;
  }

  /// Where the first ping of each was, of the day before the latest; nobody is in there who has
  /// none.
  Map<ParticipantId, GeoPoint> origins(Collection<StaleTraveller> travellers) {
    Map<ParticipantId, GeoPoint> origins = new HashMap<>();
    earliest(travellers, traveller -> traveller.latest().time())
        .ifPresent(
            earliest ->
                database
                    .handle()
                    .createQuery(
                        """
                        select g.*
                        from unnest(:participants) as t (id)
                        cross join lateral (
                          select participant_id, latitude, longitude
                          from tenant_pings
                          where participant_id = t.id
                            and recorded_at >= :earliest
                          order by recorded_at
                          limit 1) g
                        """)
                    .bindArray("participants", UUID.class, ids(travellers))
                    .bind("earliest", earliest.minus(Duration.ofDays(1)).atOffset(ZoneOffset.UTC))
                    .map((row, context) -> Map.entry(participant(row), position(row)))
                    .forEach(entry -> origins.put(entry.getKey(), entry.getValue())));
    return origins;
  }

  /// The pings of each participant's last minutes, counted back from the latest one, thinned;
  /// nobody is in there who has none.
  Map<ParticipantId, List<Ping>> last(
      Duration window, Duration thinned, Collection<StaleTraveller> travellers) {
    return since(
        traveller -> traveller.latest().time().minus(window).minus(Trail.RESOLUTION),
        thinned,
        travellers);
  }

  /// The pings of each that are later than their trail, and no older than it may be.
  Map<ParticipantId, List<Ping>> afterTrail(Collection<StaleTraveller> travellers) {
    return since(
        traveller -> traveller.trail().endsBefore(traveller.latest()), Trail.STEP, travellers);
  }

  /// @param after when the ping before the first one was, or would have been
  /// @param thinned of each such span, the newest ping alone
  private Map<ParticipantId, List<Ping>> since(
      Function<StaleTraveller, Instant> after,
      Duration thinned,
      Collection<StaleTraveller> travellers) {
    Map<ParticipantId, List<Ping>> pings = new HashMap<>();
    earliest(travellers, after)
        .ifPresent(
            earliest ->
                database
                    .handle()
                    .createQuery(
                        """
                        select l.participant_id, g.*
                        from unnest(:participants, :after, :latest)
                          as l (participant_id, after_micros, latest_micros)
                        cross join lateral (
                          select distinct on (span) *
                          from (
                            select recorded_at, latitude, longitude, accuracy_metres,
                                   floor(date_part('epoch', recorded_at) / :thinned) as span
                            from tenant_pings
                            where participant_id = l.participant_id
                              and recorded_at
                                > timestamptz 'epoch' + l.after_micros * interval '1 microsecond'
                              and recorded_at
                                <= timestamptz 'epoch' + l.latest_micros * interval '1 microsecond'
                              and recorded_at > :earliest
                            order by recorded_at desc
                            limit :most) as every
                          order by span, recorded_at desc) g
                        """)
                    .bindArray("participants", UUID.class, ids(travellers))
                    .bindArray("after", Long.class, micros(travellers, after))
                    .bindArray(
                        "latest",
                        Long.class,
                        micros(travellers, traveller -> traveller.latest().time()))
                    .bind("thinned", (double) thinned.toSeconds())
                    .bind("earliest", earliest.atOffset(ZoneOffset.UTC))
                    .bind("most", MOST_PINGS)
                    .map((row, context) -> Map.entry(participant(row), ping(row)))
                    .forEach(
                        entry ->
                            pings
                                .computeIfAbsent(entry.getKey(), id -> new ArrayList<>())
                                .add(entry.getValue())));
    return pings;
  }

  static Ping ping(ResultSet row) throws SQLException {
    return new Ping(
        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
        position(row),
        row.getDouble("accuracy_metres"));
  }

  private static Optional<Instant> earliest(
      Collection<StaleTraveller> travellers, Function<StaleTraveller, Instant> time) {
    return travellers.stream().map(time).min(Comparator.naturalOrder());
  }

  private static List<UUID> ids(Collection<StaleTraveller> travellers) {
    return travellers.stream().map(traveller -> traveller.id().value()).toList();
  }

  private static List<Long> micros(
      Collection<StaleTraveller> travellers, Function<StaleTraveller, Instant> time) {
    return travellers.stream().map(traveller -> Trail.micros(time.apply(traveller))).toList();
  }

  private static ParticipantId participant(ResultSet row) throws SQLException {
    return new ParticipantId(row.getObject("participant_id", UUID.class));
  }

  private static GeoPoint position(ResultSet row) throws SQLException {
    return new GeoPoint(row.getDouble("latitude"), row.getDouble("longitude"));
  }
}
