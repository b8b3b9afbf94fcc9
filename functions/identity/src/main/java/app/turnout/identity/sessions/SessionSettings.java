package app.turnout.identity.sessions;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// @param accessToken how long an access token is good
/// @param refreshToken how long a refresh token is good, counted anew at each use
/// @param grace how long a refresh token that was used gives the same successor again
@ConfigurationProperties("turnout.sessions")
record SessionSettings(
    @Bindable(defaultValue = "15m") Duration accessToken,
    @Bindable(defaultValue = "7d") Duration refreshToken,
    @Bindable(defaultValue = "10s") Duration grace) {}
