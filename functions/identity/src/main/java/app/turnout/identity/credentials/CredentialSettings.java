package app.turnout.identity.credentials;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// @param resetLifetime how long the token that sets a new password is good
/// @param emailChangeLifetime how long the token that proves a new address is good
/// @param reactivation how long a deactivated account can be had back
@ConfigurationProperties("turnout.credentials")
record CredentialSettings(
    @Bindable(defaultValue = "1h") Duration resetLifetime,
    @Bindable(defaultValue = "24h") Duration emailChangeLifetime,
    @Bindable(defaultValue = "30d") Duration reactivation) {}
