package app.turnout.messaging.relay.mail;

import app.turnout.messaging.relay.Delivery;
import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.platform.outbox.OutboxMessage;
import app.turnout.platform.secrets.Secrets;
import app.turnout.platform.tokens.DerivedTokens;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/// The mail that proves an address. Its token is derived here, again at each attempt, and stands
/// nowhere else; the link carries it in the fragment, which browsers do not send.
@Singleton
final class VerificationMail implements Delivery {
  private final Recipients recipients;
  private final Mailer mailer;
  private final DerivedTokens tokens;
  private final String publicUrl;
  private final InstantSource time;

  VerificationMail(
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
    return "email_verification";
  }

  @Override
  public DeliveryOutcome deliver(OutboxMessage message) {
    UUID verification = message.payloadId("verification_id");
    return recipients
        .findUnverified(verification)
        .map(recipient -> deliver(message.id(), verification, recipient))
        .orElseGet(() -> new DeliveryOutcome.NotNeeded("there is no such registration any more"));
  }

  private DeliveryOutcome deliver(
      UUID message, UUID verification, Recipients.Unverified recipient) {
    if (!recipient.isOpen()) {
      return new DeliveryOutcome.NotNeeded("the address is verified");
    }
    if (!time.instant().isBefore(recipient.expiresAt())) {
      return new DeliveryOutcome.NotNeeded("the token has expired");
    }
    String token = tokens.token(verification, recipient.generation());
    return mailer.send(
        message, recipient.email(), letter(recipient.locale(), token, recipient.expiresAt()));
  }

  private Letter letter(String locale, String token, Instant until) {
    Phrases phrases = Phrases.in(locale);
    return new Letter(
        phrases.language(),
        phrases.get("verification.subject"),
        List.of(
            new Letter.Part.Paragraph(phrases.get("verification.why")),
            new Letter.Part.Button(
                phrases.get("verification.button"), publicUrl + "/verify-email#token=" + token),
            new Letter.Part.Paragraph(phrases.get("verification.token")),
            new Letter.Part.Code(token),
            new Letter.Part.Paragraph(
                phrases.get("verification.until").replace("{until}", Phrases.TIME.format(until))),
            new Letter.Part.Paragraph(phrases.get("verification.ignore"))));
  }
}
