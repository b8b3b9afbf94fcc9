package app.turnout.events.calendar;

import app.turnout.events.rules.RecurrenceSet;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// An event as VEVENTs: one that says what recurs, and one for each date that differs from it.
/// Their UID is the event's for ever, and a date's RECURRENCE-ID is its original start: so a
/// calendar program knows what it has already, whatever was changed.
///
/// What recurs is exactly the set of original starts: the rule of the first part as far as it goes,
/// EXDATE for what it has too many and RDATE for the others.
final class EventComponents {
  private static final String UID_DOMAIN = "@turnout.app";

  private final CalendarEvent event;
  private final String publicUrl;
  private final boolean isAtLength;
  private final ContentLines lines;
  private final ZoneId zone;

  private EventComponents(
      CalendarEvent event, String publicUrl, boolean isAtLength, ContentLines lines) {
    this.event = event;
    this.publicUrl = publicUrl;
    this.isAtLength = isAtLength;
    this.lines = lines;
    this.zone =
        event.parts().isEmpty() ? event.dates().getFirst().zone() : event.parts().getFirst().zone();
  }

  /// Appends them.
  ///
  /// @param isAtLength whether dates that differ have the event's description, too
  static void write(CalendarEvent event, String publicUrl, boolean isAtLength, ContentLines lines) {
    new EventComponents(event, publicUrl, isAtLength, lines).write();
  }

  /// The zones that times are told in.
  static List<ZoneId> zones(CalendarEvent event) {
    List<ZoneId> zones = new ArrayList<>();
    if (!event.parts().isEmpty()) {
      zones.add(event.parts().getFirst().zone());
    }
    event.dates().forEach(date -> zones.add(date.zone()));
    return zones.stream().distinct().toList();
  }

  /// What the dates are told by.
  private record Recurrence(
      @Nullable String rrule, List<LocalDateTime> exdates, List<LocalDateTime> rdates) {
    int exceptions() {
      return exdates.size() + rdates.size();
    }
  }

  private void write() {
    if (event.dates().size() == 1 && event.parts().isEmpty()) {
      CalendarDate date = event.dates().getFirst();
      begin(Math.max(event.version(), date.version()), later(event.updatedAt(), date.updatedAt()));
      times(date);
      said(title(date), description(date), date.place(), date.isCancelled());
      lines.add("END", "VEVENT");
      return;
    }
    NavigableSet<LocalDateTime> starts = new TreeSet<>();
    event.dates().forEach(date -> starts.add(date.originalStart()));
    Recurrence recurrence = recurrence(starts);
    LocalDateTime first = starts.first();
    Duration usual = usualDuration();
    begin(event.version(), event.updatedAt());
    Instant begins = RecurrenceSet.instant(first, zone);
    lines
        .local("DTSTART", first, zone)
        .local("DTEND", begins.plus(usual).atZone(zone).toLocalDateTime(), zone);
    if (recurrence.rrule() != null) {
      lines.add("RRULE", recurrence.rrule());
    }
    lines.local("EXDATE", recurrence.exdates(), zone).local("RDATE", recurrence.rdates(), zone);
    said(event.title(), event.description(), event.place(), event.isCancelled());
    lines.add("END", "VEVENT");
    for (CalendarDate date : event.dates()) {
      if (differs(date, usual)) {
        begin(
            Math.max(event.version(), date.version()), later(event.updatedAt(), date.updatedAt()));
        lines.local("RECURRENCE-ID", date.originalStart(), zone);
        times(date);
        said(title(date), description(date), date.place(), date.isCancelled());
        lines.add("END", "VEVENT");
      }
    }
  }

  private Recurrence recurrence(NavigableSet<LocalDateTime> starts) {
    LocalDateTime first = starts.first();
    Recurrence listed = new Recurrence(null, List.of(), List.copyOf(starts.tailSet(first, false)));
    if (event.parts().isEmpty()) {
      return listed;
    }
    CalendarPart part = event.parts().getFirst();
    if (part.rrule() == null) {
      return listed;
    }
    // The rule's own first date may be left out.
    Optional<RecurrenceSet> from =
        RecurrenceSet.stored(part.rrule(), List.of(), List.of(), part.start(), zone)
            .startingFrom(first);
    if (from.isEmpty() || !from.get().start().equals(first)) {
      return listed;
    }
    RecurrenceSet whole = from.get();
    List<Recurrence> candidates = new ArrayList<>();
    if (event.parts().size() == 1) {
      candidates.add(open(whole, part, starts));
    } else {
      candidates.add(bounded(whole, starts.last().plusSeconds(1), starts));
      if (part.endsBefore() != null) {
        candidates.add(bounded(whole, part.endsBefore(), starts));
      }
    }
    Recurrence best =
        candidates.stream().min(Comparator.comparingInt(Recurrence::exceptions)).orElse(listed);
    return best.exceptions() <= listed.exceptions() ? best : listed;
  }

  /// The rule as it goes on, also beyond the dates that are made so far.
  private static Recurrence open(
      RecurrenceSet rule, CalendarPart part, NavigableSet<LocalDateTime> starts) {
    LocalDateTime made = starts.last();
    Recurrence within = exceptions(rule, made.plusSeconds(1), starts);
    List<LocalDateTime> exdates = new ArrayList<>(within.exdates());
    part.exdates().stream()
        .filter(date -> date.isAfter(made) && rule.has(date))
        .forEach(exdates::add);
    List<LocalDateTime> rdates = new ArrayList<>(within.rdates());
    part.rdates().stream().filter(date -> date.isAfter(made)).forEach(rdates::add);
    return new Recurrence(rule.calendarRrule().orElse(null), exdates, rdates);
  }

  private static Recurrence bounded(
      RecurrenceSet rule, LocalDateTime before, NavigableSet<LocalDateTime> starts) {
    Optional<RecurrenceSet> ending = rule.endingBefore(before);
    if (ending.isEmpty()) {
      return new Recurrence(null, List.of(), List.copyOf(starts.tailSet(starts.first(), false)));
    }
    Recurrence exceptions = exceptions(ending.get(), before, starts);
    return new Recurrence(
        ending.get().calendarRrule().orElse(null), exceptions.exdates(), exceptions.rdates());
  }

  private static Recurrence exceptions(
      RecurrenceSet rule, LocalDateTime before, NavigableSet<LocalDateTime> starts) {
    List<LocalDateTime> ruled = rule.startsBetween(starts.first(), before);
    List<LocalDateTime> exdates = ruled.stream().filter(date -> !starts.contains(date)).toList();
    NavigableSet<LocalDateTime> missing = new TreeSet<>(starts);
    ruled.forEach(missing::remove);
    return new Recurrence(null, exdates, List.copyOf(missing));
  }

  private Duration usualDuration() {
    Map<Duration, Integer> counts = new HashMap<>();
    event.dates().forEach(date -> counts.merge(date.lasts(), 1, Integer::sum));
    return counts.entrySet().stream()
        .max(
            Map.Entry.<Duration, Integer>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey()))
        .orElseThrow()
        .getKey();
  }

  private boolean differs(CalendarDate date, Duration usual) {
    return !date.startsAt().equals(RecurrenceSet.instant(date.originalStart(), zone))
        || isSkipped(date.originalStart())
        || changesWithin(date)
        || !date.lasts().equals(usual)
        || date.isCancelled() != event.isCancelled()
        || date.title() != null
        || date.description() != null
        || !date.place().equals(event.place());
  }

  /// Programs differ in what becomes of a local time that a clock change skips: it is said.
  private boolean isSkipped(LocalDateTime local) {
    return zone.getRules().getValidOffsets(local).isEmpty();
  }

  /// Programs differ in how long such a date lasts: by the clocks, or really.
  private boolean changesWithin(CalendarDate date) {
    return !zone.getRules()
        .getOffset(date.startsAt())
        .equals(zone.getRules().getOffset(date.endsAt()));
  }

  private void begin(long version, Instant updatedAt) {
    lines
        .add("BEGIN", "VEVENT")
        .add("UID", event.id() + UID_DOMAIN)
        .utc("DTSTAMP", updatedAt)
        .utc("CREATED", event.createdAt())
        .utc("LAST-MODIFIED", updatedAt)
        .add("SEQUENCE", Long.toString(Math.min(version, Integer.MAX_VALUE)));
  }

  private void times(CalendarDate date) {
    lines
        .local("DTSTART", date.startsAt().atZone(date.zone()).toLocalDateTime(), date.zone())
        .local("DTEND", date.endsAt().atZone(date.zone()).toLocalDateTime(), date.zone());
  }

  private void said(
      String title, @Nullable String description, CalendarPlace place, boolean isCancelled) {
    lines
        .text("SUMMARY", title)
        .text("DESCRIPTION", Objects.requireNonNullElse(description, ""))
        .text("LOCATION", place.text());
    if (place.latitude() != null && place.longitude() != null) {
      lines.add(
          "GEO", String.format(Locale.ROOT, "%.6f;%.6f", place.latitude(), place.longitude()));
    }
    lines
        .text("CATEGORIES", Objects.requireNonNullElse(event.category(), ""))
        .add("URL", publicUrl + "/api/v1/catalogue/events/" + event.slug())
        .add("STATUS", isCancelled ? "CANCELLED" : "CONFIRMED");
  }

  private String title(CalendarDate date) {
    return Objects.requireNonNullElse(date.title(), event.title());
  }

  private @Nullable String description(CalendarDate date) {
    return date.description() == null && isAtLength ? event.description() : date.description();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
