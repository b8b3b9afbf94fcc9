package app.turnout.messaging.relay.mail;

import app.turnout.messaging.relay.Delivery;
import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.platform.outbox.OutboxMessage;
import app.turnout.platform.secrets.Secrets;
import app.turnout.platform.tokens.DerivedTokens;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

/// Asks somebody, who may have no account yet, into an organization. Its token is derived here,
/// again at each attempt, and stands nowhere else; the link carries it in the fragment.
@Singleton
final class InvitationMail implements Delivery {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Memberships memberships;
  private final Mailer mailer;
  private final DerivedTokens tokens;
  private final String publicUrl;
  private final InstantSource time;

  InvitationMail(
      Memberships memberships,
      Mailer mailer,
      Secrets secrets,
      @Value("${turnout.public-url}") String publicUrl,
      InstantSource time) {
    this.memberships = memberships;
    this.mailer = mailer;
    this.tokens = new DerivedTokens(secrets.get("invitation-token-key"));
    this.publicUrl = publicUrl;
    this.time = time;
  }

  @Override
  public String kind() {
    return "organization_invitation";
  }

  @Override
  public DeliveryOutcome deliver(OutboxMessage message) {
    UUID id = message.payloadId("invitation_id");
    return memberships
        .findInvitation(id)
        .map(invitation -> deliver(message.id(), id, invitation))
        .orElseGet(() -> new DeliveryOutcome.NotNeeded("there is no such invitation any more"));
  }

  private DeliveryOutcome deliver(UUID message, UUID id, Memberships.Invitation invitation) {
    if (!invitation.isOpen()) {
      return new DeliveryOutcome.NotNeeded("the invitation has ended");
    }
    if (!time.instant().isBefore(invitation.expiresAt())) {
      return new DeliveryOutcome.NotNeeded("the invitation has expired");
    }
    return mailer.send(
        message, invitation.email(), letter(invitation, tokens.token(id, invitation.generation())));
  }

  private Letter letter(Memberships.Invitation invitation, String token) {
    Phrases phrases = Phrases.in(invitation.locale());
    String inviter =
        Objects.requireNonNullElse(invitation.inviter(), phrases.get("invitation.somebody"));
    return new Letter(
        phrases.language(),
        phrases.get("invitation.subject").replace("{organization}", invitation.organization()),
        List.of(
            new Letter.Part.Paragraph(
                phrases
                    .get("invitation.what")
                    .replace("{role}", phrases.get("role." + invitation.role()))
                    .replace("{inviter}", inviter)
                    .replace("{organization}", invitation.organization())),
            new Letter.Part.Button(
                phrases.get("invitation.button"), publicUrl + "/invitation#token=" + token),
            new Letter.Part.Paragraph(phrases.get("invitation.token")),
            new Letter.Part.Code(token),
            new Letter.Part.Paragraph(phrases.get("invitation.account")),
            new Letter.Part.Paragraph(
                phrases
                    .get("invitation.until")
                    .replace("{until}", TIME.format(invitation.expiresAt()))),
            new Letter.Part.Paragraph(phrases.get("invitation.ignore"))));
  }
}
