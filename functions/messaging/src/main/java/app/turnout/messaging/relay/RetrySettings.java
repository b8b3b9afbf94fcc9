package app.turnout.messaging.relay;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.UUID;

/// When to try again what failed.
///
/// @param attempts after so many a message is dead
/// @param firstDelay after the first failure; it doubles with each
/// @param longestDelay where doubling ends
@ConfigurationProperties("turnout.outbox")
record RetrySettings(
    @Bindable(defaultValue = "12") int attempts,
    @Bindable(defaultValue = "30s") Duration firstDelay,
    @Bindable(defaultValue = "1h") Duration longestDelay) {
  /// The wait before the next attempt, between half of its time and the whole: which, the message's
  /// id decides, so that what failed together does not come back together.
  Duration delay(UUID message, int failures) {
    long doubled = firstDelay.toMillis() << Math.min(failures - 1, 20);
    long whole = Math.min(doubled, longestDelay.toMillis());
    long mixed = (message.getLeastSignificantBits() + failures) * 0x9E3779B97F4A7C15L;
    double share = (mixed >>> 11) * 0x1p-53;
    return Duration.ofMillis(whole / 2 + (long) (share * whole / 2));
  }
}
