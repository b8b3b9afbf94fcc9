package app.turnout.eta;

import app.turnout.domain.GeoPoint;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.domain.TravelMode;
import app.turnout.eta.router.Way;
import app.turnout.platform.json.Texts;
import app.turnout.platform.json.WireName;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/// What was computed of positions, of the tenant that the transaction has entered; statements in
/// sets, whatever number of participants.
@Singleton
final class EtaRepository {
  private static final String STALE =
      """
      from latest_positions l
      join participants p on p.id = l.participant_id
      left join arrivals r on r.participant_id = l.participant_id
      left join etas k on k.participant_id = l.participant_id
      where (r.participant_id is null or r.left_at is not null)
        and p.status <> 'checked_in'
        and (
          k.participant_id is null
          or k.recorded_at <> l.recorded_at
          or k.travel_mode <> p.travel_mode
          or (k.destination_latitude, k.destination_longitude, k.arrival_radius_metres)
            <> (:latitude, :longitude, :radius)
          or k.router_due_at <= :now)
      """;

  private static final String STALE_TRAVELLER =
      """
      select l.participant_id, p.travel_mode, l.recorded_at, l.latitude, l.longitude,
             l.accuracy_metres, k.origin_latitude, k.origin_longitude,
             coalesce(k.has_left, false) as has_left, k.trail
      """
          + STALE;

  private static final int ATTEMPTS = 3;
  private static final String FOREIGN_KEY_VIOLATION = "23503";

  private final Database database;

  EtaRepository(Database database) {
    this.database = database;
  }

  boolean isAnyStale(OccurrenceId occurrence, Place place, Instant now) {
    return bindBasis(
            database
                .handle()
                .createQuery(
                    "select exists (select 1 " + STALE + " and l.occurrence_id = :occurrence)"),
            place,
            now)
        .bind("occurrence", occurrence.value())
        .mapTo(Boolean.class)
        .one();
  }

  /// In the order of their ids.
  List<StaleTraveller> stale(OccurrenceId occurrence, Place place, Instant now) {
    return bindBasis(
            database
                .handle()
                .createQuery(
                    STALE_TRAVELLER
                        + " and l.occurrence_id = :occurrence order by l.participant_id"),
            place,
            now)
        .bind("occurrence", occurrence.value())
        .map((row, context) -> stale(row))
        .list();
  }

  Optional<StaleTraveller> findStale(ParticipantId participant, Place place, Instant now) {
    return bindBasis(
            database.handle().createQuery(STALE_TRAVELLER + " and l.participant_id = :participant"),
            place,
            now)
        .bind("participant", participant.value())
        .map((row, context) -> stale(row))
        .findOne();
  }

  /// Whoever else computes of the same waits until the transaction ends.
  void lock(UUID subject) {
    database
        .handle()
        .createQuery("select pg_advisory_xact_lock(hashtextextended('etas ' || :subject, 0))::text")
        .bind("subject", subject.toString())
        .mapTo(String.class)
        .list();
  }

  /// Keeps what was computed; what rests on an older ping than what is kept is dropped, and so is
  /// that of who has no position any more.
  void keep(List<ComputedEta> computed, Place place, Instant now) {
    Handle handle = database.handle();
    for (int attempt = 1; ; attempt++) {
      handle.savepoint("etas");
      try {
        write(computed, place, now);
        handle.releaseSavepoint("etas");
        return;
      } catch (UnableToExecuteStatementException e) {
        // Somebody's position went between being read and this.
        if (attempt == ATTEMPTS
            || !(e.getCause() instanceof SQLException cause)
            || !FOREIGN_KEY_VIOLATION.equals(cause.getSQLState())) {
          throw e;
        }
        handle.rollbackToSavepoint("etas");
      }
    }
  }

  /// The open transaction works for one organization.
  void enter(OrganizationId organization) {
    database
        .handle()
        .createQuery("select set_config('app.organization', :organization, true)")
        .bind("organization", organization.toString())
        .mapTo(String.class)
        .one();
  }

  /// Keeps the states that were told, where they still rest on the same pings.
  void told(List<News> news) {
    database
        .handle()
        .createUpdate(
            """
            with told as (
              select k.participant_id, t.state
              from unnest(:ids, :based, :states) as t (participant_id, based_micros, state)
              join etas k on k.participant_id = t.participant_id
                and k.recorded_at
                  = timestamptz 'epoch' + t.based_micros * interval '1 microsecond'
              order by k.participant_id
              for no key update of k)
            update etas k
            set told_state = told.state
            from told
            where k.participant_id = told.participant_id
            """)
        .bindArray(
            "ids",
            UUID.class,
            news.stream().map(each -> each.outlook().participant().value()).toList())
        .bindArray(
            "based",
            Long.class,
            news.stream()
                .map(each -> Trail.micros(Objects.requireNonNull(each.basedOn())))
                .toList())
        .bindArray(
            "states",
            String.class,
            news.stream().map(each -> WireName.of(each.outlook().state())).toList())
        .execute();
  }

  private void write(List<ComputedEta> computed, Place place, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            insert into etas as k (
              participant_id, organization_id, occurrence_id, recorded_at, travel_mode,
              destination_latitude, destination_longitude, arrival_radius_metres, strategy,
              remaining_millis, route_metres, off_road_metres, moving, state, origin_latitude,
              origin_longitude, has_left, trail, router_due_at, computed_at)
            select l.participant_id, l.organization_id, l.occurrence_id,
                   timestamptz 'epoch' + g.recorded_micros * interval '1 microsecond',
                   g.travel_mode, :latitude, :longitude, :radius, g.strategy, g.remaining_millis,
                   g.route_metres, g.off_road_metres, g.moving, g.state, g.origin_latitude,
                   g.origin_longitude, g.has_left, g.trail::double precision[],
                   timestamptz 'epoch' + g.router_due_millis * interval '1 millisecond', :now
            from unnest(
                :ids, :recorded, :modes, :strategies, :remaining, :routes, :offRoads, :moving,
                :states, :originLatitudes, :originLongitudes, :left, :trails,
                :routerDue)
              as g (participant_id, recorded_micros, travel_mode, strategy, remaining_millis,
                    route_metres, off_road_metres, moving, state, origin_latitude,
                    origin_longitude, has_left, trail, router_due_millis)
            join latest_positions l on l.participant_id = g.participant_id
            order by l.participant_id
            on conflict (participant_id) do update
            set recorded_at = excluded.recorded_at,
                travel_mode = excluded.travel_mode,
                destination_latitude = excluded.destination_latitude,
                destination_longitude = excluded.destination_longitude,
                arrival_radius_metres = excluded.arrival_radius_metres,
                strategy = excluded.strategy,
                remaining_millis = excluded.remaining_millis,
                route_metres = excluded.route_metres,
                off_road_metres = excluded.off_road_metres,
                moving = excluded.moving,
                state = excluded.state,
                has_left = excluded.has_left,
                trail = excluded.trail,
                told_state = null,
                router_due_at = excluded.router_due_at,
                computed_at = excluded.computed_at
            where excluded.recorded_at >= k.recorded_at
            """)
        .bindArray("ids", UUID.class, all(computed, each -> each.traveller().id().value()))
        .bindArray(
            "recorded",
            Long.class,
            all(computed, each -> Trail.micros(each.traveller().latest().time())))
        .bindArray(
            "modes",
            String.class,
            all(computed, each -> WireName.of(each.traveller().travelMode())))
        .bindArray(
            "strategies",
            String.class,
            all(computed, each -> WireName.of(each.estimate().strategy())))
        .bindArray(
            "remaining", Long.class, all(computed, each -> each.estimate().remaining().toMillis()))
        .bindArray("routes", Double.class, all(computed, each -> ofWay(each, Way::metres)))
        .bindArray("offRoads", Double.class, all(computed, each -> ofWay(each, Way::offRoadMetres)))
        .bindArray("moving", Boolean.class, all(computed, each -> each.estimate().moving()))
        .bindArray("states", String.class, all(computed, each -> WireName.of(each.state())))
        .bindArray("originLatitudes", Double.class, all(computed, each -> each.origin().latitude()))
        .bindArray(
            "originLongitudes", Double.class, all(computed, each -> each.origin().longitude()))
        .bindArray("left", Boolean.class, all(computed, ComputedEta::hasLeft))
        .bindArray("trails", String.class, all(computed, each -> each.trail().toArrayLiteral()))
        .bindArray("routerDue", Long.class, all(computed, EtaRepository::routerDueMillis))
        .bind("latitude", place.position().latitude())
        .bind("longitude", place.position().longitude())
        .bind("radius", place.arrivalRadiusMetres())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .execute();
  }

  private static <T extends @Nullable Object> List<T> all(
      List<ComputedEta> computed, Function<ComputedEta, T> part) {
    List<T> parts = new ArrayList<>();
    for (ComputedEta each : computed) {
      parts.add(part.apply(each));
    }
    return parts;
  }

  private static @Nullable Double ofWay(ComputedEta computed, Function<Way, Double> part) {
    Way way = computed.estimate().way();
    return way == null ? null : part.apply(way);
  }

  private static @Nullable Long routerDueMillis(ComputedEta computed) {
    Instant dueAt = computed.routerDueAt();
    return dueAt == null ? null : dueAt.toEpochMilli();
  }

  private static <S extends SqlStatement<S>> S bindBasis(S statement, Place place, Instant now) {
    return statement
        .bind("latitude", place.position().latitude())
        .bind("longitude", place.position().longitude())
        .bind("radius", place.arrivalRadiusMetres())
        .bind("now", now.atOffset(ZoneOffset.UTC));
  }

  private static StaleTraveller stale(ResultSet row) throws SQLException {
    Double originLatitude = row.getObject("origin_latitude", Double.class);
    Double originLongitude = row.getObject("origin_longitude", Double.class);
    return new StaleTraveller(
        new ParticipantId(row.getObject("participant_id", UUID.class)),
        Texts.constant(TravelMode.class, row.getString("travel_mode")),
        RecentPings.ping(row),
        originLatitude == null || originLongitude == null
            ? null
            : new GeoPoint(originLatitude, originLongitude),
        row.getBoolean("has_left"),
        Trail.of(row.getArray("trail")));
  }
}
