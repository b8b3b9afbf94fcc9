package app.turnout.messaging.relay.mail;

import app.turnout.messaging.relay.Delivery;
import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.platform.outbox.OutboxMessage;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// Tells a member that an organization is offered to them. There is no token: they accept it signed
/// in.
@Singleton
final class OwnershipOfferMail implements Delivery {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Memberships memberships;
  private final Mailer mailer;
  private final String publicUrl;
  private final InstantSource time;

  OwnershipOfferMail(
      Memberships memberships,
      Mailer mailer,
      @Value("${turnout.public-url}") String publicUrl,
      InstantSource time) {
    this.memberships = memberships;
    this.mailer = mailer;
    this.publicUrl = publicUrl;
    this.time = time;
  }

  @Override
  public String kind() {
    return "ownership_offered";
  }

  @Override
  public DeliveryOutcome deliver(OutboxMessage message) {
    return memberships
        .findOffer(message.payloadId("offer_id"))
        .filter(offer -> offer.isOpen() && time.instant().isBefore(offer.expiresAt()))
        .map(offer -> mailer.send(message.id(), offer.email(), letter(offer)))
        .orElseGet(() -> new DeliveryOutcome.NotNeeded("the offer has ended"));
  }

  private Letter letter(Memberships.Offer offer) {
    Phrases phrases = Phrases.in(offer.locale());
    return new Letter(
        phrases.language(),
        phrases.get("ownership.subject").replace("{organization}", offer.organization()),
        List.of(
            new Letter.Part.Paragraph(
                phrases
                    .get("ownership.what")
                    .replace("{giver}", offer.giver())
                    .replace("{organization}", offer.organization())),
            new Letter.Part.Button(
                phrases.get("ownership.button"),
                publicUrl + "/ownership-offer#organization=" + offer.organizationId()),
            new Letter.Part.Paragraph(
                phrases
                    .get("ownership.until")
                    .replace("{until}", TIME.format(offer.expiresAt())))));
  }
}
