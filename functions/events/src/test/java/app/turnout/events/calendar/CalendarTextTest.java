package app.turnout.events.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.events.rules.RecurrenceSet;
import biweekly.Biweekly;
import biweekly.ICalendar;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.UUID;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.data.ParserException;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.VEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarTextTest {
  private static final Instant MADE = Instant.parse("2026-01-02T10:00:00Z");
  private static final CalendarPlace HALL =
      new CalendarPlace("Hall", "1 Main Street", "Ennis", 52.8, -8.9);
  private static final String URL = "https://turnout.example";

  private static CalendarDate date(LocalDateTime start, ZoneId zone) {
    return changed(start, start, Duration.ofHours(2), zone, false, null, HALL);
  }

  private static CalendarDate changed(
      LocalDateTime original,
      LocalDateTime start,
      Duration lasts,
      ZoneId zone,
      boolean isCancelled,
      @Nullable String title,
      CalendarPlace place) {
    Instant begins = RecurrenceSet.instant(start, zone);
    return new CalendarDate(
        original, zone, begins, begins.plus(lasts), isCancelled, title, null, place, MADE, 1);
  }

  private static CalendarEvent event(
      ZoneId zone, List<CalendarPart> parts, List<CalendarDate> dates) {
    return new CalendarEvent(
        UUID.fromString("019c9d2e-5a00-7033-8c3e-0c5f2b7d9a03"),
        "evening-class",
        "University",
        "Evening class",
        "Bring a pen; and paper, please.\nSee you!",
        "lecture",
        false,
        zone,
        HALL,
        parts,
        MADE,
        MADE.plusSeconds(60),
        3,
        dates);
  }

  private static CalendarPart part(
      LocalDateTime start, ZoneId zone, String rule, @Nullable LocalDateTime endsBefore) {
    return new CalendarPart(start, zone, rule, List.of(), List.of(), endsBefore);
  }

  private static CalendarEvent weekly(ZoneId zone, LocalDateTime start, String rule, int most) {
    RecurrenceSet set = RecurrenceSet.stored(rule, List.of(), List.of(), start, zone);
    List<CalendarDate> dates =
        set.startsBetween(start, start.plusYears(1)).stream()
            .limit(most)
            .map(date -> date(date, zone))
            .toList();
    return event(zone, List.of(part(start, zone, rule, null)), dates);
  }

  /// What biweekly makes of it, from the first date to the last: each start with its summary, those
  /// that are cancelled left out.
  private static Map<Instant, String> readByBiweekly(String text, Instant until) {
    ICalendar calendar = Biweekly.parse(text).first();
    assertThat(calendar.validate(biweekly.ICalVersion.V2_0).isEmpty())
        .as(calendar.validate(biweekly.ICalVersion.V2_0).toString())
        .isTrue();
    Map<Instant, String> dates = new TreeMap<>();
    Set<Instant> overridden = new HashSet<>();
    for (biweekly.component.VEvent one : calendar.getEvents()) {
      if (one.getRecurrenceId() != null) {
        overridden.add(one.getRecurrenceId().getValue().toInstant());
      }
    }
    for (biweekly.component.VEvent one : calendar.getEvents()) {
      boolean isCancelled = one.getStatus().isCancelled();
      if (one.getRecurrenceId() != null) {
        if (!isCancelled) {
          dates.put(one.getDateStart().getValue().toInstant(), one.getSummary().getValue());
        }
        continue;
      }
      String zoneId =
          calendar.getTimezoneInfo().getTimezone(one.getDateStart()).getTimeZone().getID();
      var all = one.getDateIterator(TimeZone.getTimeZone(zoneId));
      if (one.getRecurrenceRule() == null && !isCancelled) {
        // It forgets that DTSTART is a date, too, where there are RDATEs alone.
        Instant start = one.getDateStart().getValue().toInstant();
        if (!overridden.contains(start)) {
          dates.put(start, one.getSummary().getValue());
        }
      }
      while (all.hasNext()) {
        Date next = all.next();
        if (next.toInstant().isAfter(until)) {
          break;
        }
        if (!overridden.contains(next.toInstant()) && !isCancelled) {
          dates.put(next.toInstant(), one.getSummary().getValue());
        }
      }
    }
    return dates;
  }

  private static net.fortuna.ical4j.model.Calendar readByIcal4j(String text) {
    try {
      return new CalendarBuilder().build(new StringReader(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ParserException e) {
      throw new AssertionError(text, e);
    }
  }

  private static Map<Instant, String> expected(CalendarEvent event) {
    Map<Instant, String> dates = new TreeMap<>();
    event.dates().stream()
        .filter(date -> !date.isCancelled())
        .forEach(
            date ->
                dates.put(date.startsAt(), date.title() == null ? event.title() : date.title()));
    return dates;
  }

  private static void assertReadAsItIs(CalendarEvent event) {
    String text = Calendar.of("Ours", List.of(event), URL);
    Instant last =
        event.dates().stream().map(CalendarDate::startsAt).max(Instant::compareTo).orElseThrow();

    assertThat(readByBiweekly(text, last)).as(text).isEqualTo(expected(event));
    assertThat(readByIcal4j(text).<VEvent>getComponents(Component.VEVENT))
        .allSatisfy(
            one ->
                assertThat(one.getUid().orElseThrow().getValue())
                    .isEqualTo(event.id() + "@turnout.app"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Europe/Dublin | 2026-03-03T19:00 | FREQ=WEEKLY;BYDAY=TU",
        "Europe/Dublin | 2026-03-03T19:00 | FREQ=WEEKLY;BYDAY=TU,TH;COUNT=40",
        "America/New_York | 2026-01-01T09:00 | FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20270101",
        "Australia/Sydney | 2026-03-01T09:00 | FREQ=DAILY;INTERVAL=3",
        "Asia/Tehran | 2021-03-01T09:00 | FREQ=DAILY;INTERVAL=3",
        "Africa/Casablanca | 2025-02-01T21:00 | FREQ=WEEKLY",
        "America/Sao_Paulo | 2018-09-01T21:00 | FREQ=WEEKLY;BYDAY=SA,SU",
        "Asia/Kolkata | 2026-03-03T19:00 | FREQ=WEEKLY;BYDAY=TU",
        "America/Nuuk | 2026-03-03T19:00 | FREQ=WEEKLY;BYDAY=TU",
        "UTC | 2026-03-03T19:00 | FREQ=WEEKLY;BYDAY=TU",
      })
  void recurringEventHasTheSameDatesInAnotherProgram(ZoneId zone, String start, String rule) {
    assertReadAsItIs(weekly(zone, LocalDateTime.parse(start), rule, 200));
  }

  @Test
  void datesLeftOutAddedMovedRenamedAndCancelledAreTheSameInAnotherProgram() {
    ZoneId zone = ZoneId.of("Europe/Dublin");
    CalendarEvent plain =
        weekly(zone, LocalDateTime.parse("2026-03-03T19:00"), "FREQ=WEEKLY;BYDAY=TU", 30);
    List<CalendarDate> dates = new ArrayList<>(plain.dates());
    CalendarPlace pub = new CalendarPlace("Pub", null, null, null, null);
    CalendarDate moved = dates.get(3);
    dates.set(
        3,
        changed(
            moved.originalStart(),
            moved.originalStart().plusDays(1).plusHours(1),
            Duration.ofHours(3),
            zone,
            false,
            "Moved, for once",
            pub));
    CalendarDate cancelled = dates.get(5);
    dates.set(
        5,
        changed(
            cancelled.originalStart(),
            cancelled.originalStart(),
            Duration.ofHours(2),
            zone,
            true,
            null,
            HALL));
    dates.remove(7);
    dates.add(date(LocalDateTime.parse("2026-04-18T10:00"), zone));
    dates.sort(java.util.Comparator.comparing(CalendarDate::originalStart));
    CalendarEvent event = plain.with(dates);

    assertReadAsItIs(event);
    String text = Calendar.of("Ours", List.of(event), URL);
    assertThat(text)
        .contains("RECURRENCE-ID;TZID=Europe/Dublin:20260324T190000\r\n")
        .contains("DTSTART;TZID=Europe/Dublin:20260325T200000\r\n")
        .contains("SUMMARY:Moved\\, for once\r\n")
        .contains("STATUS:CANCELLED\r\n")
        .contains("EXDATE;TZID=Europe/Dublin:20260421T190000\r\n")
        .contains("RDATE;TZID=Europe/Dublin:20260418T100000\r\n");
    assertThat(text.split("BEGIN:VEVENT", -1)).hasSize(4);
  }

  @Test
  void laterPartsAreDatesOfTheSameEvent() {
    ZoneId zone = ZoneId.of("Europe/Dublin");
    LocalDateTime start = LocalDateTime.parse("2026-03-03T19:00");
    LocalDateTime cut = LocalDateTime.parse("2026-05-01T00:00");
    String first = "FREQ=WEEKLY;BYDAY=TU;UNTIL=20260430";
    List<CalendarDate> dates = new ArrayList<>();
    RecurrenceSet.stored(first, List.of(), List.of(), start, zone)
        .startsBetween(start, cut)
        .forEach(date -> dates.add(date(date, zone)));
    RecurrenceSet.stored(
            "FREQ=WEEKLY;COUNT=5",
            List.of(),
            List.of(),
            LocalDateTime.parse("2026-05-06T18:00"),
            zone)
        .startsBetween(cut, cut.plusYears(1))
        .forEach(date -> dates.add(date(date, zone)));

    assertReadAsItIs(
        event(
            zone,
            List.of(
                part(start, zone, first, cut),
                part(LocalDateTime.parse("2026-05-06T18:00"), zone, "FREQ=WEEKLY;COUNT=5", null)),
            dates));
  }

  @Test
  void dateInAGapIsSaidByTheTimeItIsHeldAt() {
    ZoneId zone = ZoneId.of("Europe/Dublin");

    String text =
        Calendar.of(
            "Ours",
            List.of(
                weekly(zone, LocalDateTime.parse("2026-03-22T01:30"), "FREQ=WEEKLY;COUNT=3", 3)),
            URL);

    assertThat(text)
        .containsSubsequence(
            "RECURRENCE-ID;TZID=Europe/Dublin:20260329T013000\r\n",
            "DTSTART;TZID=Europe/Dublin:20260329T023000\r\n");
  }

  @Test
  void oneOffEventIsOneComponentWithWhatIsSaidOfIt() {
    ZoneId zone = ZoneId.of("Europe/Dublin");
    CalendarEvent event =
        event(zone, List.of(), List.of(date(LocalDateTime.parse("2026-07-01T19:00"), zone)));

    String text = Calendar.of("Ours", List.of(event), URL);

    assertReadAsItIs(event);
    assertThat(text)
        .startsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
        .endsWith("END:VEVENT\r\nEND:VCALENDAR\r\n")
        .contains("UID:019c9d2e-5a00-7033-8c3e-0c5f2b7d9a03@turnout.app\r\n")
        .contains("DTSTAMP:20260102T100100Z\r\n")
        .contains("SEQUENCE:3\r\n")
        .contains("DTEND;TZID=Europe/Dublin:20260701T210000\r\n")
        .contains("DESCRIPTION:Bring a pen\\; and paper\\, please.\\nSee you!\r\n")
        .contains("LOCATION:Hall\\, 1 Main Street\\, Ennis\r\n")
        .contains("GEO:52.800000;-8.900000\r\n")
        .contains("CATEGORIES:lecture\r\n")
        .contains("STATUS:CONFIRMED\r\n")
        .contains("URL:https://turnout.example/api/v1/catalogue/events/evening-class\r\n")
        .doesNotContain("RRULE");
  }

  @Test
  void linesAreFoldedBetweenCharactersAndTextComesBackWhole() {
    ZoneId zone = ZoneId.of("Europe/Dublin");
    String title = "Übung für Ähren 🎉 и вечерний класс; \\ \"x\", 日本語 ".repeat(6) + "\u0007end";
    CalendarEvent event =
        event(zone, List.of(), List.of(date(LocalDateTime.parse("2026-07-01T19:00"), zone)));
    CalendarEvent titled =
        new CalendarEvent(
            event.id(),
            event.slug(),
            event.organizationName(),
            title,
            event.description(),
            event.category(),
            true,
            zone,
            HALL,
            List.of(),
            MADE,
            MADE,
            1,
            event.dates());

    String text = Calendar.of("Ours\r\nBEGIN:VEVENT", List.of(titled), URL);

    assertThat(text.split("\r\n", -1))
        .allSatisfy(
            line ->
                assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(75));
    assertThat(text.replace("\r\n", "")).doesNotContain("\r").doesNotContain("\n");
    String whole = title.replace("\u0007", "");
    assertThat(Biweekly.parse(text).first().getEvents().getFirst().getSummary().getValue())
        .isEqualTo(whole);
    VEvent read = readByIcal4j(text).<VEvent>getComponents(Component.VEVENT).getFirst();
    assertThat(read.getProperty(Property.SUMMARY).orElseThrow().getValue()).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Europe/Dublin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Africa/Casablanca",
        "Asia/Tehran",
        "Pacific/Apia",
        "America/Sao_Paulo",
        "Asia/Kolkata",
        "America/Nuuk",
        "Africa/Cairo",
        "Antarctica/Troll",
        "UTC",
      })
  void zonesOffsetsAreThoseOfThisPlatformInEachHour(ZoneId zone) {
    Instant first = Instant.parse("2009-05-01T00:00:00Z");
    Instant last = Instant.parse("2028-01-01T00:00:00Z");
    ContentLines lines = new ContentLines();
    ZoneComponent.write(zone, first, last, lines);
    TimeZone read =
        Biweekly.parse(
                "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n"
                    + lines
                    + "BEGIN:VEVENT\r\nUID:x\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;TZID="
                    + zone.getId()
                    + ":20260101T000000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
            .first()
            .getTimezoneInfo()
            .getTimezones()
            .stream()
            .findFirst()
            .orElseThrow()
            .getTimeZone();
    Map<Instant, Integer> expected = new HashMap<>();
    Map<Instant, Integer> offsets = observed(lines.toString(), first, last, zone, expected);

    assertThat(read.getID()).isEqualTo(zone.getId());
    assertThat(offsets).isEqualTo(expected);
  }

  /// Offsets by the component's own lines (RFC 5545 §3.6.5: the latest observance that has begun).
  private static Map<Instant, Integer> observed(
      String component, Instant first, Instant last, ZoneId zone, Map<Instant, Integer> expected) {
    TreeMap<Instant, Integer> changes = new TreeMap<>();
    List<LocalDateTime> times = new ArrayList<>();
    int from = 0;
    int to = 0;
    for (String line : component.split("\r\n", -1)) {
      String value = line.substring(line.indexOf(':') + 1);
      if (line.startsWith("DTSTART") || line.startsWith("RDATE")) {
        times.add(
            LocalDateTime.parse(
                value, java.time.format.DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss")));
      } else if (line.startsWith("TZOFFSETFROM")) {
        from = java.time.ZoneOffset.of(value).getTotalSeconds();
      } else if (line.startsWith("TZOFFSETTO")) {
        to = java.time.ZoneOffset.of(value).getTotalSeconds();
      } else if (line.equals("END:STANDARD") || line.equals("END:DAYLIGHT")) {
        for (LocalDateTime time : times) {
          changes.put(time.toInstant(java.time.ZoneOffset.ofTotalSeconds(from)), to);
        }
        times.clear();
      }
    }
    Map<Instant, Integer> offsets = new HashMap<>();
    for (Instant hour = first; hour.isBefore(last); hour = hour.plusSeconds(3_600)) {
      offsets.put(hour, changes.floorEntry(hour).getValue());
      expected.put(hour, zone.getRules().getOffset(hour).getTotalSeconds());
    }
    return offsets;
  }

  @Test
  void nothingChangedIsTheSameText() {
    CalendarEvent event =
        weekly(
            ZoneId.of("Europe/Dublin"),
            LocalDateTime.parse("2026-03-03T19:00"),
            "FREQ=WEEKLY;BYDAY=TU",
            50);

    assertThat(Calendar.of("Ours", List.of(event), URL))
        .isEqualTo(Calendar.of("Ours", List.of(event), URL));
  }

  @Test
  void eventOfTenThousandDatesThatAllDifferFits() {
    ZoneId zone = ZoneId.of("Europe/Dublin");
    LocalDateTime start = LocalDateTime.parse("2026-03-03T19:00");
    List<CalendarDate> dates = new ArrayList<>();
    for (int day = 0; day < 10_000; day++) {
      LocalDateTime original = start.plusDays(day);
      dates.add(
          changed(
              original,
              original.plusMinutes(7),
              Duration.ofHours(2),
              zone,
              false,
              "Title of some length, as people have it",
              HALL));
    }

    String text =
        Calendar.of(
            "Ours",
            List.of(event(zone, List.of(part(start, zone, "FREQ=DAILY", null)), dates)),
            URL);

    assertThat(text.length()).isBetween(500_000, 2_000_000);
    assertThat(text).endsWith("END:VCALENDAR\r\n");
  }

  @Test
  void moreThanAnAnswerHoldsIsLeftOut() {
    CalendarEvent one =
        weekly(
            ZoneId.of("Europe/Dublin"), LocalDateTime.parse("2026-03-03T19:00"), "FREQ=DAILY", 1);
    CalendarEvent big =
        new CalendarEvent(
            one.id(),
            one.slug(),
            "x",
            "t",
            "x".repeat(10_000),
            null,
            false,
            one.zone(),
            HALL,
            one.parts(),
            MADE,
            MADE,
            1,
            one.dates());

    String text = Calendar.of("Ours", java.util.Collections.nCopies(2_000, big), URL);

    assertThat(text.length()).isLessThan(2_000_000);
    assertThat(Biweekly.parse(text).first().getEvents()).hasSizeGreaterThan(100);
  }
}
