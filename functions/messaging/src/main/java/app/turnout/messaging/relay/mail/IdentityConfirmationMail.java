package app.turnout.messaging.relay.mail;

import app.turnout.messaging.relay.Delivery;
import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.platform.outbox.OutboxMessage;
import app.turnout.platform.secrets.Secrets;
import app.turnout.platform.tokens.DerivedTokens;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.UUID;

/// Asks the owner of an account whether a login at another service, which has the same address, may
/// open it. Its token is derived, as in [VerificationMail].
@Singleton
final class IdentityConfirmationMail implements Delivery {
  private final IdentityRecipients recipients;
  private final Mailer mailer;
  private final TokenLetter letters;
  private final DerivedTokens tokens;
  private final InstantSource time;

  IdentityConfirmationMail(
      IdentityRecipients recipients,
      Mailer mailer,
      TokenLetter letters,
      Secrets secrets,
      InstantSource time) {
    this.recipients = recipients;
    this.mailer = mailer;
    this.letters = letters;
    this.tokens = new DerivedTokens(secrets.get("verification-token-key"));
    this.time = time;
  }

  @Override
  public String kind() {
    return "identity_confirmation";
  }

  @Override
  public DeliveryOutcome deliver(OutboxMessage message) {
    UUID confirmation = message.payloadId("confirmation_id");
    return recipients
        .findAsked(confirmation)
        .map(asked -> deliver(message.id(), confirmation, asked))
        .orElseGet(() -> new DeliveryOutcome.NotNeeded("there is no such question any more"));
  }

  private DeliveryOutcome deliver(UUID message, UUID confirmation, IdentityRecipients.Asked asked) {
    if (!asked.isOpen() || !time.instant().isBefore(asked.expiresAt())) {
      return new DeliveryOutcome.NotNeeded("the token is not good any more");
    }
    return mailer.send(
        message,
        asked.email(),
        letters.of(
            asked.locale(),
            "identityConfirm",
            "confirm-identity",
            tokens.token(confirmation, asked.generation()),
            asked.expiresAt(),
            asked.login()::fill));
  }
}
