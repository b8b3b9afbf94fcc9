package app.turnout.live;

import app.turnout.platform.time.RealTime;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/// Real time that stands still until a test moves it, the same for all functions.
@Singleton
@Replaces(RealTime.class)
@Requires(property = "turnout.testing.time", value = "settable")
public class SettableRealTime extends RealTime {
  private static volatile Instant now = Instant.parse("2031-05-05T05:05:05Z");

  @Override
  public Instant now() {
    return now;
  }

  public static Instant read() {
    return now;
  }

  public static synchronized void advance(Duration by) {
    now = now.plus(by);
  }
}
