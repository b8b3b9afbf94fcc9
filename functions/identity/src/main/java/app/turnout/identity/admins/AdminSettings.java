package app.turnout.identity.admins;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// @param invitation how long the token of an invitation is good
@ConfigurationProperties("turnout.admins")
record AdminSettings(@Bindable(defaultValue = "7d") Duration invitation) {}
