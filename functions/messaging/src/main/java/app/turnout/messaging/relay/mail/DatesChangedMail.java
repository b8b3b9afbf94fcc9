package app.turnout.messaging.relay.mail;

import app.turnout.messaging.relay.Delivery;
import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.messaging.relay.mail.ChangedDates.Told;
import app.turnout.platform.outbox.OutboxMessage;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Tells somebody, in one mail, which of their dates of an event are when and where now, or do not
/// take place.
@Singleton
final class DatesChangedMail implements Delivery {
  static final String KIND = "dates_changed_mail";
  private static final int MOST_LISTED = 50;

  private final ChangedDates dates;
  private final Mailer mailer;

  DatesChangedMail(ChangedDates dates, Mailer mailer) {
    this.dates = dates;
    this.mailer = mailer;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public DeliveryOutcome deliver(OutboxMessage message) {
    Map<UUID, String> before = DatesChangedDelivery.starts(message.payload().get("participants"));
    List<Told> told = dates.list(before.keySet());
    return told.isEmpty()
        ? new DeliveryOutcome.NotNeeded("nobody is expected any more")
        : mailer.send(message.id(), told.getFirst().email(), letter(told, before));
  }

  private static Letter letter(List<Told> told, Map<UUID, String> before) {
    Told first = told.getFirst();
    Phrases phrases = Phrases.in(first.locale());
    List<Letter.Part> parts = new ArrayList<>();
    parts.add(paragraph(filled(phrases, "datesChanged.what", first)));
    told.stream()
        .limit(MOST_LISTED)
        .forEach(date -> parts.add(paragraph(line(phrases, date, before.get(date.participant())))));
    if (told.size() > MOST_LISTED) {
      parts.add(
          paragraph(
              phrases
                  .get("datesChanged.more")
                  .replace("{count}", Integer.toString(told.size() - MOST_LISTED))));
    }
    told.stream()
        .map(Told::reason)
        .filter(Objects::nonNull)
        .findFirst()
        .ifPresent(
            reason ->
                parts.add(paragraph(phrases.get("dateCancelled.why").replace("{reason}", reason))));
    return new Letter(phrases.language(), filled(phrases, "datesChanged.subject", first), parts);
  }

  private static String line(Phrases phrases, Told date, @Nullable String before) {
    String was =
        before == null || before.isEmpty()
            ? DateWords.TIME.format(date.startsAt())
            : DateWords.TIME.format(Instant.parse(before).atZone(date.startsAt().getZone()));
    if (date.isCancelled()) {
      return phrases.get("datesChanged.cancelled").replace("{was}", was);
    }
    String is = DateWords.TIME.format(date.startsAt());
    return date.area() == null
        ? phrases.get("datesChanged.moved").replace("{was}", was).replace("{when}", is)
        : phrases
            .get("datesChanged.movedTo")
            .replace("{was}", was)
            .replace("{when}", is)
            .replace("{area}", DateWords.line(date.area()));
  }

  private static String filled(Phrases phrases, String key, Told date) {
    return phrases
        .get(key)
        .replace("{organization}", DateWords.line(date.organization()))
        .replace("{event}", DateWords.line(date.event()));
  }

  private static Letter.Part paragraph(String words) {
    return new Letter.Part.Paragraph(words);
  }
}
