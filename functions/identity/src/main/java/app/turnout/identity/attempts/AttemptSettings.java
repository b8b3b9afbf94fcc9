package app.turnout.identity.attempts;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/// How often one may try, each like `10/PT15M`: ten in a quarter of an hour.
///
/// @param login attempts that failed, for one account
/// @param loginAddress attempts from one source address, which may be a whole office's
/// @param register for one e-mail address: each sends a mail to it
/// @param registerAddress from one source address
/// @param verifyAddress from one source address
/// @param refreshAddress from one source address
@ConfigurationProperties("turnout.attempts")
record AttemptSettings(
    @Bindable(defaultValue = "10/PT15M") String login,
    @Bindable(defaultValue = "300/PT15M") String loginAddress,
    @Bindable(defaultValue = "5/PT1H") String register,
    @Bindable(defaultValue = "200/PT1H") String registerAddress,
    @Bindable(defaultValue = "300/PT15M") String verifyAddress,
    @Bindable(defaultValue = "1000/PT15M") String refreshAddress) {}
