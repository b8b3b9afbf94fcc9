package app.turnout.eta;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The recent way of one participant: pings from the newest back, in order, each believable from
/// the one after it. Pings may be given in any order, twice, and with errors among them.
final class Course {
  private static final double STEP_SECONDS = 30;
  private static final double SETTING_OUT_METRES = 60;
  private static final Duration AWAY_WINDOW = Duration.ofMinutes(5);
  private static final double AWAY_LEAST_SECONDS = 60;
  private static final double AWAY_METRES = 200;

  private final List<Ping> newestFirst;

  private Course(List<Ping> newestFirst) {
    this.newestFirst = List.copyOf(newestFirst);
  }

  /// The part of the pings no older than `window` before the newest; empty when there is no ping.
  static Optional<Course> of(Collection<Ping> pings, Duration window) {
    List<Ping> believable = new ArrayList<>();
    for (Ping ping : pings.stream().sorted(Comparator.comparing(Ping::time).reversed()).toList()) {
      if (believable.isEmpty() || follows(ping, believable.getLast())) {
        believable.add(ping);
      }
    }
    return believable.isEmpty()
        ? Optional.empty()
        : Optional.of(new Course(believable).last(window));
  }

  private static boolean follows(Ping ping, Ping later) {
    return ping.time().isBefore(later.time()) && !ping.contradicts(later);
  }

  Ping newest() {
    return newestFirst.getFirst();
  }

  Ping oldest() {
    return newestFirst.getLast();
  }

  Course last(Duration window) {
    Instant start = newest().time().minus(window);
    return new Course(newestFirst.stream().filter(ping -> !ping.time().isBefore(start)).toList());
  }

  /// The part from when the participant was last at the oldest position: what was stood there
  /// before setting out says nothing of the way.
  Course sinceSettingOut() {
    int last = newestFirst.size() - 1;
    while (last > 0 && oldest().metresTo(newestFirst.get(last - 1)) < SETTING_OUT_METRES) {
      last--;
    }
    return new Course(newestFirst.subList(0, last + 1));
  }

  double seconds() {
    return newest().secondsTo(oldest());
  }

  /// The farthest the participant has been from the newest position.
  double spreadMetres() {
    return newestFirst.stream().mapToDouble(newest()::metresTo).max().orElse(0);
  }

  /// Whether the participant came to the newest position from elsewhere within the window, or, when
  /// nothing else was sent in it, since the ping before.
  boolean moves(Duration window, double metres) {
    List<Ping> recent = last(window).newestFirst;
    return (recent.size() > 1 ? recent : newestFirst.subList(0, Math.min(2, newestFirst.size())))
        .stream()
            .anyMatch(ping -> newest().isBeyondNoise(ping) && newest().metresTo(ping) >= metres);
  }

  /// Whether the last minutes led away from a place, more than a bend of the road or a way round
  /// does: half of what was gone at least.
  boolean leadsAwayFrom(Place place) {
    Course recent = last(AWAY_WINDOW);
    if (recent.seconds() < AWAY_LEAST_SECONDS) {
      return false;
    }
    double away =
        recent.newest().position().metresTo(place.position())
            - recent.oldest().position().metresTo(place.position());
    return away >= AWAY_METRES && away >= Step.metres(recent.steps()) / 2;
  }

  /// The way without noise, newest first. Positions wander by some metres each second even when the
  /// phone lies on a table, and phones send each second or each minute; so a step ends at a
  /// position half a minute away and beyond the noise, and the last one wherever the pings begin.
  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    Ping to = newest();
    for (Ping from : newestFirst) {
      boolean moved = from.isBeyondNoise(to);
      if (moved && from.secondsTo(to) >= STEP_SECONDS) {
        steps.add(new Step(from.metresTo(to), from.secondsTo(to)));
        to = from;
      } else if (from.equals(oldest()) && from.secondsTo(to) > 0) {
        steps.add(new Step(moved ? from.metresTo(to) : 0, from.secondsTo(to)));
      }
    }
    return List.copyOf(steps);
  }
}
