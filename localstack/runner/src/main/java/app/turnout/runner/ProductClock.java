package app.turnout.runner;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/// The time that the functions live in: `start + (system − origin) × speed`.
///
/// @param start the product's time at the origin
/// @param origin the system's time at which it starts
/// @param speed how many times as fast as the system's it runs
/// @param isSet whether it differs from the system's
public record ProductClock(Instant start, Instant origin, double speed, boolean isSet)
    implements InstantSource {

  /// The system's time.
  public static ProductClock system() {
    Instant now = Instant.now();
    return new ProductClock(now, now, 1, false);
  }

  /// A time of its own from now on.
  public static ProductClock startingAt(Instant start, double speed) {
    return new ProductClock(start, Instant.now(), speed, true);
  }

  @Override
  public Instant instant() {
    if (!isSet) {
      return Instant.now();
    }
    Duration elapsed = Duration.between(origin, Instant.now());
    return start.plusNanos(Math.round(elapsed.toNanos() * speed));
  }

  /// How long to wait, in real time, until an instant of this clock; zero when it has passed.
  public Duration until(Instant instant) {
    Duration ahead = Duration.between(instant(), instant);
    return ahead.isNegative()
        ? Duration.ZERO
        : Duration.ofMillis((long) Math.ceil(ahead.toMillis() / speed));
  }

  /// What a function's process must know to tell the same time.
  Map<String, String> properties() {
    return isSet
        ? Map.of(
            "turnout.clock.start", start.toString(),
            "turnout.clock.origin", origin.toString(),
            "turnout.clock.speed", Double.toString(speed))
        : Map.of();
  }
}
