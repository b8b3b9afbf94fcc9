package app.turnout.messaging.relay.mail;

import app.turnout.messaging.relay.Delivery;
import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.platform.outbox.OutboxMessage;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// Tells an organiser that a country changed the rules of its clocks, and that dates kept their
/// local time.
@Singleton
final class ClocksChangedMail implements Delivery {
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  /// Who is told of which date.
  private record Told(
      String email, String locale, String event, String organization, ZonedDateTime startsAt) {}

  private final Database database;
  private final Mailer mailer;

  ClocksChangedMail(Database database, Mailer mailer) {
    this.database = database;
    this.mailer = mailer;
  }

  @Override
  public String kind() {
    return "clocks_changed";
  }

  @Override
  public DeliveryOutcome deliver(OutboxMessage message) {
    return find(message.payloadId("user_id"), message.payloadId("occurrence_id"))
        .map(told -> mailer.send(message.id(), told.email(), letter(told, message)))
        .orElseGet(
            () ->
                new DeliveryOutcome.NotNeeded("the date is gone, or they are no member any more"));
  }

  private Optional<Told> find(UUID user, UUID occurrence) {
    return database
        .handle()
        .createQuery(
            """
            select u.email, u.locale, d.title, n.name as organization, o.starts_at, o.time_zone
            from occurrences o
            join occurrence_details d on d.id = o.id
            join organizations n on n.id = o.organization_id
            join members m on m.organization_id = o.organization_id
            join users u on u.id = m.user_id
            where o.id = :occurrence
              and m.user_id = :user
            """)
        .bind("occurrence", occurrence)
        .bind("user", user)
        .map(
            (row, context) ->
                new Told(
                    row.getString("email"),
                    row.getString("locale"),
                    row.getString("title"),
                    row.getString("organization"),
                    row.getObject("starts_at", OffsetDateTime.class)
                        .atZoneSameInstant(ZoneId.of(row.getString("time_zone")))))
        .findOne();
  }

  private static Letter letter(Told told, OutboxMessage message) {
    Phrases phrases = Phrases.in(told.locale());
    Instant before = Instant.parse(text(message, "starts_at_before"));
    return new Letter(
        phrases.language(),
        filled(phrases, "clocksChanged.subject", told, before),
        List.of(
            new Letter.Part.Paragraph(filled(phrases, "clocksChanged.what", told, before)),
            new Letter.Part.Paragraph(
                phrases.get("clocksChanged.dates").replace("{dates}", text(message, "dates"))),
            new Letter.Part.Paragraph(filled(phrases, "clocksChanged.todo", told, before))));
  }

  private static String text(OutboxMessage message, String field) {
    return Objects.requireNonNull(message.payload().get(field)).coerceStringValue();
  }

  private static String filled(Phrases phrases, String key, Told told, Instant before) {
    return phrases
        .get(key)
        .replace("{zone}", told.startsAt().getZone().getId())
        .replace("{when}", LOCAL.format(told.startsAt()))
        .replace("{now}", Phrases.TIME.format(told.startsAt()))
        .replace("{before}", Phrases.TIME.format(before))
        .replace("{organization}", DateWords.line(told.organization()))
        .replace("{event}", DateWords.line(told.event()));
  }
}
