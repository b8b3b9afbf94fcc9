package app.turnout.platform.plans;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The plan that a tenant has, and until when.
///
/// @param validUntil from then on it gives what the free plan gives; null for no end
public record Subscription(Plan plan, @Nullable Instant validUntil) {
  /// The plan whose limits hold at an instant.
  public Plan effectiveAt(Instant now) {
    return validUntil == null || now.isBefore(validUntil) ? plan : Plan.FREE;
  }
}
