package app.turnout.messaging.relay.mail;

import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.platform.outbox.OutboxMessage;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/// Writes to the owner of an account what happened to it: nothing to press, so nothing that
/// somebody who pretends to be us could have them press.
@Singleton
final class AccountNotice {
  private final Recipients recipients;
  private final Mailer mailer;

  AccountNotice(Recipients recipients, Mailer mailer) {
    this.recipients = recipients;
    this.mailer = mailer;
  }

  /// To the message's `user_id`, if that is somebody.
  ///
  /// @param prefix of the phrases: `subject` and these
  DeliveryOutcome toOwner(OutboxMessage message, String prefix, String... phrases) {
    return recipients
        .findOwner(message.payloadId("user_id"))
        .map(
            owner ->
                mailer.send(message.id(), owner.email(), letter(owner.locale(), prefix, phrases)))
        .orElseGet(() -> new DeliveryOutcome.NotNeeded("there is no such account"));
  }

  static Letter letter(String locale, String prefix, String... names) {
    Phrases phrases = Phrases.in(locale);
    List<Letter.Part> parts = new ArrayList<>();
    for (String name : names) {
      parts.add(new Letter.Part.Paragraph(phrases.get(prefix + "." + name)));
    }
    return new Letter(phrases.language(), phrases.get(prefix + ".subject"), parts);
  }
}
