package app.turnout.live.push;

import app.turnout.live.SettableRealTime;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;

/// Lets the time pass at once.
@Singleton
@Replaces(Pause.class)
@Requires(property = "turnout.testing.time", value = "settable")
final class JumpingPause extends Pause {
  @Override
  void of(Duration duration) {
    SettableRealTime.advance(duration);
  }
}
