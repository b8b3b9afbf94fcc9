package app.turnout.eta;

import app.turnout.domain.GeoPoint;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.ParticipantId;
import app.turnout.domain.TravelMode;
import app.turnout.eta.router.Routers;
import app.turnout.eta.router.Way;
import app.turnout.eta.router.Ways;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Computes arrival times where a position has changed since the last time, once for all who look:
/// whoever comes while somebody computes waits, and finds it done. A router is asked by one call
/// for everybody who comes by the same roads.
@Singleton
public final class KeepEtas {
  /// Nearer to the first ping, nobody has left.
  private static final double LEAVING_METRES = 200;

  /// Farther than any error of positioning.
  private static final double LEFT_METRES = 600;

  private final EtaRepository etas;
  private final RecentPings recentPings;
  private final Routers routers;
  private final Estimator estimator;

  KeepEtas(
      EtaRepository etas,
      RecentPings recentPings,
      Routers routers,
      @Value("${turnout.routers.pace:1}") double pace) {
    this.etas = etas;
    this.recentPings = recentPings;
    this.routers = routers;
    this.estimator = new Estimator(pace);
  }

  /// Of everybody who is expected at a date. Answers of whom it was computed anew.
  public Set<ParticipantId> ofOccurrence(OccurrenceId occurrence, Place place, Instant now) {
    if (!etas.isAnyStale(occurrence, place, now)) {
      return Set.of();
    }
    etas.lock(occurrence.value());
    return compute(place, etas.stale(occurrence, place, now), now);
  }

  /// Of one participant.
  public Set<ParticipantId> ofParticipant(ParticipantId participant, Place place, Instant now) {
    if (etas.findStale(participant, place, now).isEmpty()) {
      return Set.of();
    }
    etas.lock(participant.value());
    return compute(place, etas.findStale(participant, place, now).stream().toList(), now);
  }

  private Set<ParticipantId> compute(Place place, List<StaleTraveller> stale, Instant now) {
    if (stale.isEmpty()) {
      return Set.of();
    }
    Map<ParticipantId, Way> ways = new HashMap<>();
    Map<TravelMode, Instant> dueAt = new HashMap<>();
    askRouters(place, stale, now, ways, dueAt);
    Map<ParticipantId, List<Ping>> pings = pings(stale, ways.keySet());
    Map<ParticipantId, GeoPoint> origins =
        recentPings.origins(stale.stream().filter(each -> each.origin() == null).toList());
    List<ComputedEta> computed = new ArrayList<>();
    for (StaleTraveller traveller : stale) {
      computed.add(
          compute(
              place,
              traveller,
              pings.getOrDefault(traveller.id(), List.of()),
              origins.get(traveller.id()),
              ways.get(traveller.id()),
              ways.containsKey(traveller.id()) ? null : dueAt.get(traveller.travelMode())));
    }
    etas.keep(computed, place, now);
    return stale.stream().map(StaleTraveller::id).collect(Collectors.toSet());
  }

  private void askRouters(
      Place place,
      List<StaleTraveller> stale,
      Instant now,
      Map<ParticipantId, Way> ways,
      Map<TravelMode, Instant> dueAt) {
    Arrays.stream(TravelMode.values())
        .forEach(
            mode -> {
              List<StaleTraveller> asked =
                  stale.stream().filter(each -> each.travelMode() == mode).toList();
              if (asked.isEmpty()) {
                return;
              }
              List<GeoPoint> from = asked.stream().map(each -> each.latest().position()).toList();
              switch (routers.ask(mode, from, place.position(), now)) {
                case Ways.Found(List<Optional<Way>> found) -> {
                  for (int i = 0; i < asked.size(); i++) {
                    ParticipantId id = asked.get(i).id();
                    found.get(i).ifPresent(way -> ways.put(id, way));
                  }
                }
                case Ways.Away(Instant at) -> dueAt.put(mode, at);
                case Ways.NoRouter() -> {}
              }
            });
  }

  /// Where a router found the way, the trail and what came after it tell what somebody does.
  private Map<ParticipantId, List<Ping>> pings(
      List<StaleTraveller> stale, Set<ParticipantId> routed) {
    Map<Boolean, List<StaleTraveller>> parts =
        stale.stream().collect(Collectors.partitioningBy(each -> routed.contains(each.id())));
    List<StaleTraveller> found = parts.getOrDefault(true, List.of());
    Map<ParticipantId, List<Ping>> pings = new HashMap<>(recentPings.afterTrail(found));
    found.forEach(
        each ->
            pings.computeIfAbsent(each.id(), id -> new ArrayList<>()).addAll(each.trail().pings()));
    pings.putAll(
        recentPings.last(Estimator.WINDOW, Estimator.STEP, parts.getOrDefault(false, List.of())));
    return pings;
  }

  private ComputedEta compute(
      Place place,
      StaleTraveller traveller,
      List<Ping> recent,
      @Nullable GeoPoint found,
      @Nullable Way way,
      @Nullable Instant routerDueAt) {
    Set<Ping> pings = new HashSet<>(recent);
    pings.add(traveller.latest()); // which outlives the pings of its time
    Estimate estimate = estimator.estimate(place, traveller.travelMode(), pings, way).orElseThrow();
    GeoPoint origin = traveller.origin() == null ? found : traveller.origin();
    GeoPoint start = origin == null ? traveller.latest().position() : origin;
    boolean hasLeft = traveller.hasLeft() || hasLeft(start, traveller.latest(), recent);
    return new ComputedEta(
        traveller,
        estimate,
        state(estimate, hasLeft),
        start,
        hasLeft,
        Trail.of(pings),
        routerDueAt);
  }

  /// The last two pings say so: one alone may be an error, unless it is very far.
  private static boolean hasLeft(GeoPoint origin, Ping latest, List<Ping> recent) {
    Optional<Ping> before =
        recent.stream()
            .filter(ping -> ping.time().isBefore(latest.time()))
            .max((one, other) -> one.time().compareTo(other.time()));
    return isAway(origin, latest, LEFT_METRES)
        || (isAway(origin, latest, LEAVING_METRES)
            && before.map(ping -> isAway(origin, ping, LEAVING_METRES)).orElse(true));
  }

  private static boolean isAway(GeoPoint origin, Ping ping, double metres) {
    return ping.position().metresTo(origin) >= metres + ping.accuracyMetres();
  }

  private static ArrivalState state(Estimate estimate, boolean hasLeft) {
    if (!hasLeft) {
      return ArrivalState.NOT_LEFT;
    }
    if (!estimate.moving()) {
      return ArrivalState.STANDING_STILL;
    }
    return estimate.goingAway() ? ArrivalState.GOING_AWAY : ArrivalState.ON_THE_WAY;
  }
}
