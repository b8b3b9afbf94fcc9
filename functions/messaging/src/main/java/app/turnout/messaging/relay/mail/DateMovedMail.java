package app.turnout.messaging.relay.mail;

import app.turnout.messaging.relay.Delivery;
import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.messaging.relay.mail.ExpectedPeople.Expected;
import app.turnout.platform.outbox.OutboxMessage;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/// Tells somebody who is expected when and where the date is now.
@Singleton
final class DateMovedMail implements Delivery {
  static final String KIND = "date_moved_mail";

  private final ExpectedPeople people;
  private final Mailer mailer;

  DateMovedMail(ExpectedPeople people, Mailer mailer) {
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
        .map(
            expected ->
                expected.isCancelled()
                    ? new DeliveryOutcome.NotNeeded("it is cancelled by now")
                    : mailer.send(message.id(), expected.email(), letter(expected)))
        .orElseGet(() -> new DeliveryOutcome.NotNeeded("nobody is expected any more"));
  }

  private static Letter letter(Expected expected) {
    Phrases phrases = Phrases.in(expected.locale());
    List<Letter.Part> parts = new ArrayList<>();
    parts.add(DateWords.paragraph(phrases, "dateMoved.what", expected));
    if (expected.area() != null) {
      parts.add(
          new Letter.Part.Paragraph(
              phrases.get("dateMoved.where").replace("{area}", DateWords.line(expected.area()))));
    }
    return new Letter(
        phrases.language(), DateWords.filled(phrases, "dateMoved.subject", expected), parts);
  }
}
