package app.turnout.maintenance.migrate;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// How keys of access tokens take turns.
///
/// @param lead how long a key is published before it signs; longer than the five minutes that
///   others may keep the published keys
/// @param honouredFor how long the one before is honoured after that; longer than an access token
///   is good
@ConfigurationProperties("turnout.signing-keys")
record SigningKeySettings(
    @Bindable(defaultValue = "15m") Duration lead,
    @Bindable(defaultValue = "1h") Duration honouredFor) {}
