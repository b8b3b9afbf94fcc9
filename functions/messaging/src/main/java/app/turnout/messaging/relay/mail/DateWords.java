package app.turnout.messaging.relay.mail;

import app.turnout.messaging.relay.mail.ExpectedPeople.Expected;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// What mails about a date say of it.
final class DateWords {
  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm VV", Locale.ROOT);

  private DateWords() {}

  static String filled(Phrases phrases, String key, Expected expected) {
    return phrases
        .get(key)
        .replace("{when}", TIME.format(expected.startsAt()))
        .replace("{organization}", line(expected.organization()))
        .replace("{event}", line(expected.event()));
  }

  static Letter.Part paragraph(Phrases phrases, String key, Expected expected) {
    return new Letter.Part.Paragraph(filled(phrases, key, expected));
  }

  static String line(String name) {
    return name.replaceAll("\\p{Cntrl}+", " ").strip();
  }
}
