package app.turnout.live.push;

import jakarta.inject.Singleton;
import java.time.Duration;

/// Waits, by real time.
@Singleton
class Pause {
  void of(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting", e);
    }
  }
}
