package app.turnout.events.calendar;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// A calendar of events as text (RFC 5545, and RFC 7986 for its name and how often to look again).
final class Calendar {
  /// Lambda answers with at most six megabytes; a character may take three.
  static final int MOST_CHARACTERS = 1_800_000;

  private static final int MOST_DATES_AT_LENGTH = 150;
  private static final int MOST_DATES_OF_MUCH = 2_000;
  private static final String LOOK_AGAIN = "PT1H";

  private Calendar() {}

  /// As many of the events as an answer holds, the first ones first.
  static String of(String name, List<CalendarEvent> events, String publicUrl) {
    ContentLines components = new ContentLines();
    TreeSet<String> zones = new TreeSet<>();
    TreeMap<Instant, Instant> span = new TreeMap<>();
    for (CalendarEvent event : events) {
      ContentLines one = components(event, publicUrl);
      if (components.length() + one.length() > MOST_CHARACTERS) {
        break;
      }
      components.append(one);
      EventComponents.zones(event).forEach(zone -> zones.add(zone.getId()));
      event.dates().forEach(date -> span.put(date.startsAt(), date.endsAt()));
    }
    ContentLines calendar =
        new ContentLines()
            .add("BEGIN", "VCALENDAR")
            .add("VERSION", "2.0")
            .add("PRODID", "-//Turnout//Turnout//EN")
            .add("CALSCALE", "GREGORIAN")
            .add("METHOD", "PUBLISH")
            .text("NAME", name)
            .text("X-WR-CALNAME", name)
            .add("REFRESH-INTERVAL;VALUE=DURATION", LOOK_AGAIN)
            .add("X-PUBLISHED-TTL", LOOK_AGAIN);
    if (!span.isEmpty()) {
      zones.forEach(
          zone ->
              ZoneComponent.write(
                  ZoneId.of(zone), span.firstKey(), span.lastEntry().getValue(), calendar));
    }
    return calendar.append(components).add("END", "VCALENDAR").toString();
  }

  /// An event of very many dates that each differ is told by the latest of them, without what is
  /// said at length.
  private static ContentLines components(CalendarEvent event, String publicUrl) {
    int size = event.dates().size();
    boolean isMuch = size > MOST_DATES_AT_LENGTH;
    ContentLines lines = new ContentLines();
    EventComponents.write(event, publicUrl, !isMuch, lines);
    if (lines.length() <= MOST_CHARACTERS || size <= MOST_DATES_OF_MUCH) {
      return lines;
    }
    ContentLines latest = new ContentLines();
    EventComponents.write(
        event.with(event.dates().subList(size - MOST_DATES_OF_MUCH, size)),
        publicUrl,
        false,
        latest);
    return latest;
  }
}
