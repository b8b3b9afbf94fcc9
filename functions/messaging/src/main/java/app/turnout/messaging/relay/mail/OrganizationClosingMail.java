package app.turnout.messaging.relay.mail;

import app.turnout.messaging.relay.Delivery;
import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.platform.outbox.OutboxMessage;
import jakarta.inject.Singleton;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// Tells an owner that the organization will be erased, and until when that can be taken back.
@Singleton
final class OrganizationClosingMail implements Delivery {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Recipients recipients;
  private final Mailer mailer;

  OrganizationClosingMail(Recipients recipients, Mailer mailer) {
    this.recipients = recipients;
    this.mailer = mailer;
  }

  @Override
  public String kind() {
    return "organization_closing";
  }

  @Override
  public DeliveryOutcome deliver(OutboxMessage message) {
    return recipients
        .findClosing(message.payloadId("organization_id"))
        .map(closing -> deliver(message, closing))
        .orElseGet(() -> new DeliveryOutcome.NotNeeded("the deletion was taken back"));
  }

  private DeliveryOutcome deliver(OutboxMessage message, Recipients.Closing closing) {
    return recipients
        .findOwner(message.payloadId("user_id"))
        .map(owner -> mailer.send(message.id(), owner.email(), letter(owner.locale(), closing)))
        .orElseGet(() -> new DeliveryOutcome.NotNeeded("there is no such account any more"));
  }

  private static Letter letter(String locale, Recipients.Closing closing) {
    Phrases phrases = Phrases.in(locale);
    return new Letter(
        phrases.language(),
        phrases.get("closing.subject").replace("{organization}", closing.name()),
        List.of(
            new Letter.Part.Paragraph(
                phrases
                    .get("closing.what")
                    .replace("{until}", TIME.format(closing.dueAt()))
                    .replace("{organization}", closing.name())),
            new Letter.Part.Paragraph(phrases.get("closing.back"))));
  }
}
