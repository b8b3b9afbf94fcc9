package app.turnout.organizations.plans;

import app.turnout.platform.plans.Plan;
import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// The plan that an organization is to have.
///
/// @param validUntil from then on it has the limits of `free`; null for no end. Only administrators
///   of the platform change it
@Serdeable
record ChangePlanRequest(Plan plan, @Nullable OffsetDateTime validUntil) {}
