package app.turnout.messaging.relay.mail;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/// The mail server that takes our mails.
///
/// @param from sender of every mail
/// @param tls whether the connection must be encrypted (STARTTLS) before anything is said
@ConfigurationProperties("turnout.mail")
record MailSettings(
    String host,
    @Bindable(defaultValue = "587") int port,
    String from,
    @Bindable(defaultValue = "true") boolean tls) {}
