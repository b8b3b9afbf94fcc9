package app.turnout.identity.oauth.providers;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;

/// Where GitHub is; a GitHub Enterprise Server is elsewhere.
///
/// @param url where people log in, without a slash at the end
/// @param apiUrl of its REST API, without a slash at the end
@ConfigurationProperties("turnout.oauth.github")
record GitHubSettings(
    @Bindable(defaultValue = "https://github.com") URI url,
    @Bindable(defaultValue = "https://api.github.com") URI apiUrl) {}
