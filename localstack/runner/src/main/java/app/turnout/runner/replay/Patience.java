package app.turnout.runner.replay;

import app.turnout.runner.RunnerException;
import java.time.Duration;
import java.util.Optional;

/// How long a sender waits between attempts, ever longer, and when it gives up.
final class Patience {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final long start = System.nanoTime();
  private Duration pause = Duration.ofMillis(250);

  /// Waits: as long as was asked for, else twice as long as the last time.
  ///
  /// @throws RunnerException saying why, when it has been going on for two minutes
  void pause(String why, Optional<Duration> asked) {
    if (System.nanoTime() - start > LIMIT.toNanos()) {
      throw new RunnerException(why + ", for " + LIMIT.toSeconds() + " seconds now");
    }
    RemoteClock.sleep(asked.orElse(pause));
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }
}
