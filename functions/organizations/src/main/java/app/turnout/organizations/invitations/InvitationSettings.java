package app.turnout.organizations.invitations;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// How long invitations are good, and how many mails they may cause, each like `10/PT15M`: ten in a
/// quarter of an hour.
///
/// @param lifetime from the last time that the mail was asked for
/// @param mailsByInviter that one account may cause
/// @param mailsToAddress that one address may get, whoever invites it
@ConfigurationProperties("turnout.invitations")
record InvitationSettings(
    @Bindable(defaultValue = "P7D") Duration lifetime,
    @Bindable(defaultValue = "200/PT1H") String mailsByInviter,
    @Bindable(defaultValue = "10/PT1H") String mailsToAddress) {}
