package app.turnout.identity.oauth;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// @param redirectUris where browsers may be sent with a code, beside the web app's own page; with
///   commas between them
/// @param attempt how long somebody may take at the provider
/// @param code how long the code is good
/// @param confirmation how long the token is good that links an account by mail
@ConfigurationProperties("turnout.oauth")
record OAuthSettings(
    @Bindable(defaultValue = "") String redirectUris,
    @Bindable(defaultValue = "10m") Duration attempt,
    @Bindable(defaultValue = "1m") Duration code,
    @Bindable(defaultValue = "1h") Duration confirmation) {}
