package app.turnout.identity.attempts;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/// How often one may try, each like `10/PT15M`: ten in a quarter of an hour. What ends in `Address`
/// is counted for one source address, which may be a whole office's.
///
/// @param login attempts that failed, for one account
/// @param register for one e-mail address: each sends a mail to it
/// @param forgot for one e-mail address: each sends a mail to it
/// @param reset for one token
/// @param password for one account that is signed in: passwords given again that were wrong
/// @param emailChange for one account: each sends mails
/// @param account requests about one's own account
/// @param oauthAddress steps of logins by other services
/// @param registerAdmin for one token
@ConfigurationProperties("turnout.attempts")
record AttemptSettings(
    @Bindable(defaultValue = "10/PT15M") String login,
    @Bindable(defaultValue = "300/PT15M") String loginAddress,
    @Bindable(defaultValue = "5/PT1H") String register,
    @Bindable(defaultValue = "200/PT1H") String registerAddress,
    @Bindable(defaultValue = "300/PT15M") String verifyAddress,
    @Bindable(defaultValue = "1000/PT15M") String refreshAddress,
    @Bindable(defaultValue = "1000/PT15M") String logoutAddress,
    @Bindable(defaultValue = "5/PT1H") String forgot,
    @Bindable(defaultValue = "200/PT1H") String forgotAddress,
    @Bindable(defaultValue = "10/PT15M") String reset,
    @Bindable(defaultValue = "300/PT15M") String resetAddress,
    @Bindable(defaultValue = "10/PT15M") String password,
    @Bindable(defaultValue = "300/PT15M") String passwordAddress,
    @Bindable(defaultValue = "5/PT1H") String emailChange,
    @Bindable(defaultValue = "1000/PT15M") String account,
    @Bindable(defaultValue = "10000/PT15M") String accountAddress,
    @Bindable(defaultValue = "300/PT15M") String oauthAddress,
    @Bindable(defaultValue = "10/PT15M") String registerAdmin,
    @Bindable(defaultValue = "100/PT15M") String registerAdminAddress) {}
