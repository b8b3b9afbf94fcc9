package app.turnout.events.preview;

import app.turnout.events.preview.RecurrencePreviewResponse.Notice;
import app.turnout.events.preview.RecurrencePreviewResponse.PreviewedDate;
import app.turnout.events.rules.RecurrenceSet;
import app.turnout.events.rules.RecurrenceWords;
import app.turnout.platform.problem.FieldError;
import app.turnout.platform.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says what a recurrence would come to. Keeps nothing.
@Singleton
final class PreviewRecurrence {
  private static final int DATES = 10;
  private static final int MOST_NOTICES = 50;
  private static final Set<String> LANGUAGES = Set.of("en", "pt", "id", "ru");

  /// Throws ProblemException naming each field that does not fit.
  RecurrencePreviewResponse preview(RecurrencePreviewRequest request) {
    List<FieldError> errors = new ArrayList<>();
    ZoneId zone = zone(request.timeZone(), errors);
    Duration lasts = Duration.between(request.startsAt(), request.endsAt());
    if (!lasts.isPositive()) {
      errors.add(new FieldError("ends_at", "after", "must be after starts_at"));
    }
    if (zone == null || !errors.isEmpty()) {
      throw ProblemException.invalidFields(errors);
    }
    LocalDateTime start = request.startsAt().atZoneSameInstant(zone).toLocalDateTime();
    LocalDateTime end = request.endsAt().atZoneSameInstant(zone).toLocalDateTime();
    if (!RecurrenceSet.instant(start, zone).equals(request.startsAt().toInstant())) {
      throw ProblemException.invalidField(
          "starts_at", "unambiguous", "falls into the second of an hour that comes twice there");
    }
    RecurrencePreviewRequest.PreviewedRecurrence asked = request.recurrence();
    return switch (RecurrenceSet.read(
        asked.rrule(),
        Objects.requireNonNullElse(asked.rdates(), List.of()),
        Objects.requireNonNullElse(asked.exdates(), List.of()),
        start,
        zone)) {
      case RecurrenceSet.Outcome.Refused(List<FieldError> refused) ->
          throw ProblemException.invalidFields(refused);
      case RecurrenceSet.Outcome.Read(RecurrenceSet set) ->
          answer(
              set,
              Duration.between(start, end),
              language(request.language()),
              Objects.requireNonNullElse(request.limit(), DATES));
    };
  }

  private static @Nullable ZoneId zone(String name, List<FieldError> errors) {
    if (ZoneId.getAvailableZoneIds().contains(name)) {
      return ZoneId.of(name);
    }
    errors.add(new FieldError("time_zone", "time_zone", "must be an IANA time zone's name"));
    return null;
  }

  private static String language(@Nullable String asked) {
    String language = asked == null ? "en" : asked.toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
    return LANGUAGES.contains(language) ? language : "en";
  }

  private static RecurrencePreviewResponse answer(
      RecurrenceSet set, Duration lasts, String language, int limit) {
    List<PreviewedDate> dates = new ArrayList<>();
    List<Notice> notices = new ArrayList<>();
    Iterator<LocalDateTime> starts =
        set.startsFrom(set.first().orElseThrow(() -> new IllegalStateException("no dates")));
    while (starts.hasNext() && dates.size() < limit) {
      LocalDateTime start = starts.next();
      dates.add(date(start, lasts, set.zone()));
      notice(start, set.zone(), notices);
    }
    set.idleExdates().stream()
        .limit(MOST_NOTICES)
        .forEach(
            date ->
                notices.add(
                    new Notice(
                        date.toString(), "no_such_date", "is left out, and would be no date")));
    OptionalInt count = set.count();
    return new RecurrencePreviewResponse(
        set.rrule().orElse(null),
        language,
        RecurrenceWords.of(set, language),
        set.isEndless() ? "never" : "at",
        set.last().map(last -> offset(RecurrenceSet.instant(last, set.zone()), set)).orElse(null),
        count.isPresent() ? count.getAsInt() : null,
        dates,
        notices);
  }

  private static OffsetDateTime offset(Instant instant, RecurrenceSet set) {
    return instant.atZone(set.zone()).toOffsetDateTime();
  }

  /// A clock change within a date may leave nothing of it by the clocks: then it lasts as long as
  /// others do.
  private static PreviewedDate date(LocalDateTime start, Duration lasts, ZoneId zone) {
    Instant begins = RecurrenceSet.instant(start, zone);
    Instant ends = RecurrenceSet.instant(start.plus(lasts), zone);
    return new PreviewedDate(
        begins.atZone(zone).toOffsetDateTime(),
        (ends.isAfter(begins) ? ends : begins.plus(lasts)).atZone(zone).toOffsetDateTime(),
        start.toString());
  }

  private static void notice(LocalDateTime start, ZoneId zone, List<Notice> notices) {
    ZoneOffsetTransition change = zone.getRules().getTransition(start);
    if (change != null && change.isGap()) {
      notices.add(
          new Notice(
              start.toString(),
              "moved_by_clock_change",
              "does not exist that day: clocks are put forward, and it is "
                  + start.plus(change.getDuration()).toLocalTime()));
    } else if (change != null) {
      notices.add(
          new Notice(
              start.toString(),
              "comes_twice",
              "comes twice that day, for clocks are put back: the first is meant"));
    }
  }
}
