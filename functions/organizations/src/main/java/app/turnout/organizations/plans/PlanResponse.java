package app.turnout.organizations.plans;

import app.turnout.platform.plans.Plan;
import app.turnout.platform.plans.PlanLimits;
import app.turnout.platform.plans.Subscription;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// What an organization may have, and has.
///
/// @param validUntil from then on the limits are those of `free`; null for no end
/// @param limits that hold now
/// @param use of what counts for the whole organization
@Serdeable
record PlanResponse(Plan plan, @Nullable OffsetDateTime validUntil, Limits limits, Use use) {
  /// How much there may be.
  ///
  /// @param events that are not over, at once
  /// @param participantsPerEvent at one date of an event
  @Serdeable
  record Limits(int events, int participantsPerEvent, int messagesPerMonth, int whatsappSessions) {}

  /// How much there is.
  ///
  /// @param events that are not over
  @Serdeable
  record Use(int events) {}

  static PlanResponse of(Subscription subscription, PlanLimits limits, int events) {
    Instant until = subscription.validUntil();
    return new PlanResponse(
        subscription.plan(),
        until == null ? null : until.atOffset(ZoneOffset.UTC),
        new Limits(
            limits.events(),
            limits.participantsPerEvent(),
            limits.messagesPerMonth(),
            limits.whatsappSessions()),
        new Use(events));
  }
}
