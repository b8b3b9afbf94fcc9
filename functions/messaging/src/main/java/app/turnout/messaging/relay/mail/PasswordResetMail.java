package app.turnout.messaging.relay.mail;

import app.turnout.messaging.relay.Delivery;
import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.platform.outbox.OutboxMessage;
import app.turnout.platform.secrets.Secrets;
import app.turnout.platform.tokens.DerivedTokens;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// The mail that sets a new password. Somebody asked for it with an address; only here it comes out
/// whether there is an account, and what state it is in. Its token is derived, as in
/// [VerificationMail].
@Singleton
final class PasswordResetMail implements Delivery {
  /// As long as `identity` gives deactivated accounts back.
  private static final Duration REACTIVATION = Duration.ofDays(30);

  private final Recipients recipients;
  private final Mailer mailer;
  private final DerivedTokens tokens;
  private final String publicUrl;
  private final InstantSource time;

  PasswordResetMail(
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
    return "password_reset";
  }

  @Override
  public DeliveryOutcome deliver(OutboxMessage message) {
    UUID reset = message.payloadId("reset_id");
    return recipients
        .findForgetful(reset)
        .map(recipient -> deliver(message.id(), reset, recipient))
        .orElseGet(() -> new DeliveryOutcome.NotNeeded("nobody has that address"));
  }

  private DeliveryOutcome deliver(UUID message, UUID reset, Recipients.Forgetful recipient) {
    if (recipient.isUsed() || !time.instant().isBefore(recipient.expiresAt())) {
      return new DeliveryOutcome.NotNeeded("the token is not good any more");
    }
    if (!recipient.isVerified()) {
      return mailer.send(
          message,
          recipient.email(),
          AccountNotice.letter(recipient.locale(), "resetUnverified", "what", "mine", "ignore"));
    }
    if (recipient.deactivatedAt() != null
        && !time.instant().isBefore(recipient.deactivatedAt().plus(REACTIVATION))) {
      return new DeliveryOutcome.NotNeeded("the account is closed for good");
    }
    return mailer.send(message, recipient.email(), letter(reset, recipient));
  }

  private Letter letter(UUID reset, Recipients.Forgetful recipient) {
    Phrases phrases = Phrases.in(recipient.locale());
    String token = tokens.token(reset, 1);
    List<Letter.Part> parts = new ArrayList<>();
    parts.add(new Letter.Part.Paragraph(phrases.get("reset.why")));
    if (recipient.deactivatedAt() != null) {
      parts.add(new Letter.Part.Paragraph(phrases.get("reset.deactivated")));
    }
    parts.add(
        new Letter.Part.Button(
            phrases.get("reset.button"), publicUrl + "/reset-password#token=" + token));
    parts.add(new Letter.Part.Paragraph(phrases.get("reset.token")));
    parts.add(new Letter.Part.Code(token));
    parts.add(
        new Letter.Part.Paragraph(
            phrases
                .get("reset.until")
                .replace("{until}", Phrases.TIME.format(recipient.expiresAt()))));
    parts.add(new Letter.Part.Paragraph(phrases.get("reset.ignore")));
    return new Letter(phrases.language(), phrases.get("reset.subject"), parts);
  }
}
