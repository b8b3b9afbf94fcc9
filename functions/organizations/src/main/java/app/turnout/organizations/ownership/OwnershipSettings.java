package app.turnout.organizations.ownership;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// How long an offer is good.
///
/// @param lifetime of an offer
@ConfigurationProperties("turnout.ownership-offers")
record OwnershipSettings(@Bindable(defaultValue = "P7D") Duration lifetime) {}
