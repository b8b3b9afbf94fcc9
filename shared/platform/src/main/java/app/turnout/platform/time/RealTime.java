package app.turnout.platform.time;

import jakarta.inject.Singleton;
import java.time.Instant;

/// The system's time, whatever product time is: for what hangs on connections, which no setting of
/// the product's clock makes faster.
@Singleton
public class RealTime {
  /// Now.
  public Instant now() {
    return Instant.now();
  }
}
