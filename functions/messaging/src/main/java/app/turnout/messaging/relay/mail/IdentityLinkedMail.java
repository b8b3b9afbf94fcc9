package app.turnout.messaging.relay.mail;

import app.turnout.messaging.relay.Delivery;
import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.platform.outbox.OutboxMessage;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/// Tells the owner of an account that a login at another service opens it now.
@Singleton
final class IdentityLinkedMail implements Delivery {
  private final Recipients recipients;
  private final IdentityRecipients identities;
  private final Mailer mailer;

  IdentityLinkedMail(Recipients recipients, IdentityRecipients identities, Mailer mailer) {
    this.recipients = recipients;
    this.identities = identities;
    this.mailer = mailer;
  }

  @Override
  public String kind() {
    return "identity_linked";
  }

  @Override
  public DeliveryOutcome deliver(OutboxMessage message) {
    UUID user = message.payloadId("user_id");
    return identities
        .findLogin(message.payloadId("identity_id"))
        .flatMap(
            login ->
                recipients
                    .findOwner(user)
                    .map(
                        owner ->
                            mailer.send(
                                message.id(), owner.email(), letter(owner.locale(), login))))
        .orElseGet(() -> new DeliveryOutcome.NotNeeded("it is not linked any more"));
  }

  private static Letter letter(String locale, IdentityRecipients.Login login) {
    Phrases phrases = Phrases.in(locale);
    return new Letter(
        phrases.language(),
        login.fill(phrases.get("identityLinked.subject")),
        List.of(
            new Letter.Part.Paragraph(login.fill(phrases.get("identityLinked.what"))),
            new Letter.Part.Paragraph(phrases.get("identityLinked.mine")),
            new Letter.Part.Paragraph(login.fill(phrases.get("identityLinked.notMine")))));
  }
}
