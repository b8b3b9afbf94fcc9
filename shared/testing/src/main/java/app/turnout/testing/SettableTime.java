package app.turnout.testing;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Product time that stands still until a test moves it. Takes the place of the product's own where
/// `turnout.testing.time` is set, as [TestFunctions] does.
@Singleton
@Replaces(InstantSource.class)
@Requires(property = "turnout.testing.time", value = "settable")
public final class SettableTime implements InstantSource {
  /// Where it begins.
  public static final Instant START = Instant.parse("2026-03-01T09:00:00Z");

  private volatile Instant now = START;

  @Override
  public Instant instant() {
    return now;
  }

  public synchronized void advance(Duration by) {
    now = now.plus(by);
  }

  public synchronized void set(Instant instant) {
    now = instant;
  }
}
