package app.turnout.messaging.relay.mail;

import app.turnout.messaging.relay.Delivery;
import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.platform.outbox.OutboxMessage;
import app.turnout.platform.secrets.Secrets;
import app.turnout.platform.tokens.DerivedTokens;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/// The mail to a new address that makes it an account's; or, to an address that has an account of
/// its own, word that somebody tried. Its token is derived, as in [VerificationMail].
@Singleton
final class EmailChangeConfirmationMail implements Delivery {
  private final Recipients recipients;
  private final Mailer mailer;
  private final DerivedTokens tokens;
  private final String publicUrl;
  private final InstantSource time;

  EmailChangeConfirmationMail(
      Recipients recipients,
      Mailer mailer,
      Secrets secrets,
      @Value("${turnout.public-url}") String publicUrl,
      InstantSource time) {
    this.recipients = recipients;
    this.mailer = mailer;
    this.tokens = new DerivedTokens(secrets.get("verification-token-key"));
    this.publicUrl = publicUrl;
    this.time = time;
  }

  @Override
  public String kind() {
    return "email_change_confirmation";
  }

  @Override
  public DeliveryOutcome deliver(OutboxMessage message) {
    UUID change = message.payloadId("change_id");
    return recipients
        .findMoving(change)
        .map(recipient -> deliver(message.id(), change, recipient))
        .orElseGet(() -> new DeliveryOutcome.NotNeeded("there is no such account any more"));
  }

  private DeliveryOutcome deliver(UUID message, UUID change, Recipients.Moving recipient) {
    if (recipient.isUsed() || !time.instant().isBefore(recipient.expiresAt())) {
      return new DeliveryOutcome.NotNeeded("the token is not good any more");
    }
    return mailer.send(
        message,
        recipient.newEmail(),
        recipient.isTaken()
            ? AccountNotice.letter(recipient.locale(), "emailTaken", "what", "mine", "notMine")
            : letter(change, recipient));
  }

  private Letter letter(UUID change, Recipients.Moving recipient) {
    Phrases phrases = Phrases.in(recipient.locale());
    String token = tokens.token(change, 1);
    return new Letter(
        phrases.language(),
        phrases.get("emailConfirm.subject"),
        List.of(
            new Letter.Part.Paragraph(phrases.get("emailConfirm.why")),
            new Letter.Part.Button(
                phrases.get("emailConfirm.button"), publicUrl + "/confirm-email#token=" + token),
            new Letter.Part.Paragraph(phrases.get("emailConfirm.token")),
            new Letter.Part.Code(token),
            new Letter.Part.Paragraph(
                phrases
                    .get("emailConfirm.until")
                    .replace("{until}", Phrases.TIME.format(recipient.expiresAt()))),
            new Letter.Part.Paragraph(phrases.get("emailConfirm.ignore"))));
  }
}
