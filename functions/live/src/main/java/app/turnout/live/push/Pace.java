package app.turnout.live.push;

import app.turnout.platform.time.RealTime;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/// Positions of a date are told every half second at most. What comes in between waits in the
/// queue, of which a date's messages are given out to one call at a time, and is told together.
@Singleton
final class Pace {
  private static final Duration STEP = Duration.ofMillis(500);

  private final RealTime time;
  private final Pause pause;

  Pace(RealTime time, Pause pause) {
    this.time = time;
    this.pause = pause;
  }

  Instant now() {
    return time.now();
  }

  /// Waits until positions may be told again: never longer than a step, whatever clocks say.
  void keep(Instant toldAt) {
    Duration since = Duration.between(toldAt, time.now());
    if (!since.isNegative() && since.compareTo(STEP) < 0) {
      pause.of(STEP.minus(since));
    }
  }
}
