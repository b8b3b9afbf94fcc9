package app.turnout.messaging.relay.mail;

import app.turnout.messaging.relay.Delivery;
import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.messaging.relay.mail.ExpectedPeople.Expected;
import app.turnout.platform.outbox.OutboxMessage;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/// Tells somebody who was expected that the date is cancelled, and why.
@Singleton
final class DateCancelledMail implements Delivery {
  static final String KIND = "date_cancelled_mail";

  private final ExpectedPeople people;
  private final Mailer mailer;

  DateCancelledMail(ExpectedPeople people, Mailer mailer) {
    this.people = people;
    this.mailer = mailer;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public DeliveryOutcome deliver(OutboxMessage message) {
    return people
        .find(message.payloadId("participant_id"))
        .map(expected -> mailer.send(message.id(), expected.email(), letter(expected)))
        .orElseGet(() -> new DeliveryOutcome.NotNeeded("nobody is expected any more"));
  }

  private static Letter letter(Expected expected) {
    Phrases phrases = Phrases.in(expected.locale());
    List<Letter.Part> parts = new ArrayList<>();
    parts.add(DateWords.paragraph(phrases, "dateCancelled.what", expected));
    if (expected.reason() != null) {
      parts.add(
          new Letter.Part.Paragraph(
              phrases.get("dateCancelled.why").replace("{reason}", expected.reason())));
    }
    return new Letter(
        phrases.language(), DateWords.filled(phrases, "dateCancelled.subject", expected), parts);
  }
}
