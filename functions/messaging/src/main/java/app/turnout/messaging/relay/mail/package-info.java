/// Messages that leave as e-mails, by SMTP.
@NullMarked
package app.turnout.messaging.relay.mail;

import org.jspecify.annotations.NullMarked;
