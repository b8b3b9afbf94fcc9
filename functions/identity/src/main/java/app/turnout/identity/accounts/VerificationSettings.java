package app.turnout.identity.accounts;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// @param lifetime how long the token in the mail is good
@ConfigurationProperties("turnout.verification")
record VerificationSettings(@Bindable(defaultValue = "24h") Duration lifetime) {}
