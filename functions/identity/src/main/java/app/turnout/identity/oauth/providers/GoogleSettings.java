package app.turnout.identity.oauth.providers;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/// @param issuer of the ID tokens; its discovery document says where all else is
@ConfigurationProperties("turnout.oauth.google")
record GoogleSettings(@Bindable(defaultValue = "https://accounts.google.com") String issuer) {}
