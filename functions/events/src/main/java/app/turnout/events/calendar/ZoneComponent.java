package app.turnout.events.calendar;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A zone's rules as VTIMEZONE: every change of its clocks from before the first moment to ten
/// years after the last one, as this platform's copy of the tz database has them.
final class ZoneComponent {
  private static final int YEARS_AFTER = 10;
  private static final int MOST_CHANGES = 800;

  private ZoneComponent() {}

  private record Change(ZoneOffset from, ZoneOffset to, boolean isDaylight) {}

  static void write(ZoneId zone, Instant first, Instant last, ContentLines lines) {
    ZoneRules rules = zone.getRules();
    Instant from = first.atOffset(ZoneOffset.UTC).minusYears(1).toInstant();
    Instant to = last.atOffset(ZoneOffset.UTC).plusYears(YEARS_AFTER).toInstant();
    lines.add("BEGIN", "VTIMEZONE").add("TZID", zone.getId());
    ZoneOffset before = rules.getOffset(from);
    LocalDateTime start =
        LocalDateTime.ofInstant(from, before).withDayOfYear(1).toLocalDate().atStartOfDay();
    // What held before the first change told of: it begins where nothing else does.
    ZoneOffset atStart = rules.getOffset(start);
    observance(
        new Change(atStart, atStart, rules.isDaylightSavings(start.toInstant(atStart))),
        List.of(start),
        lines);
    Map<Change, List<LocalDateTime>> changes = new LinkedHashMap<>();
    ZoneOffsetTransition next = rules.nextTransition(start.toInstant(atStart));
    for (int i = 0; i < MOST_CHANGES && next != null && next.getInstant().isBefore(to); i++) {
      changes
          .computeIfAbsent(
              new Change(
                  next.getOffsetBefore(),
                  next.getOffsetAfter(),
                  rules.isDaylightSavings(next.getInstant())),
              change -> new ArrayList<>())
          .add(next.getDateTimeBefore());
      next = rules.nextTransition(next.getInstant());
    }
    changes.forEach((change, times) -> observance(change, times, lines));
    lines.add("END", "VTIMEZONE");
  }

  private static void observance(Change change, List<LocalDateTime> times, ContentLines lines) {
    String kind = change.isDaylight() ? "DAYLIGHT" : "STANDARD";
    lines
        .add("BEGIN", kind)
        .add("DTSTART", ContentLines.local(times.getFirst()))
        .add("TZOFFSETFROM", offset(change.from()))
        .add("TZOFFSETTO", offset(change.to()));
    times.stream().skip(1).forEach(time -> lines.add("RDATE", ContentLines.local(time)));
    lines.add("END", kind);
  }

  private static String offset(ZoneOffset offset) {
    return Objects.requireNonNull(offset).equals(ZoneOffset.UTC)
        ? "+0000"
        : offset.getId().replace(":", "");
  }
}
