package app.turnout.events.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecurrenceSetTest {
  private static final ZoneId DUBLIN = ZoneId.of("Europe/Dublin");
  private static final LocalDateTime EVER = LocalDateTime.of(2199, 12, 31, 0, 0);

  private static RecurrenceSet set(
      String start, String rule, List<String> rdates, List<String> exdates) {
    return switch (RecurrenceSet.read(rule, rdates, exdates, LocalDateTime.parse(start), DUBLIN)) {
      case RecurrenceSet.Outcome.Read(RecurrenceSet set) -> set;
      case RecurrenceSet.Outcome.Refused refused ->
          throw new AssertionError(refused.errors().toString());
    };
  }

  private static RecurrenceSet set(String start, String rule) {
    return set(start, rule, List.of(), List.of());
  }

  private static List<String> dates(RecurrenceSet set) {
    return set.startsBetween(RecurrenceSet.EARLIEST, EVER).stream()
        .map(LocalDateTime::toString)
        .toList();
  }

  @Test
  void startIsADateOnlyWhenTheRuleHasIt() {
    RecurrenceSet set = set("2026-03-04T19:00", "FREQ=WEEKLY;BYDAY=MO;COUNT=2");

    assertThat(set.start()).isEqualTo("2026-03-09T19:00");
    assertThat(dates(set)).containsExactly("2026-03-09T19:00", "2026-03-16T19:00");
  }

  @Test
  void countCountsTheLeftOutToo() {
    RecurrenceSet set =
        set("2026-03-02T19:00", "FREQ=DAILY;COUNT=3", List.of(), List.of("2026-03-03T19:00"));

    assertThat(dates(set)).containsExactly("2026-03-02T19:00", "2026-03-04T19:00");
    assertThat(set.count()).hasValue(2);
    assertThat(set.last()).hasValue(LocalDateTime.parse("2026-03-04T19:00"));
  }

  @Test
  void moreDatesComeInBetweenAndOnce() {
    RecurrenceSet set =
        set(
            "2026-03-02T19:00",
            "FREQ=WEEKLY;COUNT=3",
            List.of("20260304T200000", "2026-03-09T19:00", "2026-02-01T10:00"),
            List.of());

    assertThat(dates(set))
        .containsExactly(
            "2026-02-01T10:00",
            "2026-03-02T19:00",
            "2026-03-04T20:00",
            "2026-03-09T19:00",
            "2026-03-16T19:00");
  }

  @Test
  void leavingOutWinsOverAdding() {
    RecurrenceSet set =
        set(
            "2026-03-02T19:00",
            "FREQ=WEEKLY;COUNT=2",
            List.of("2026-03-04T20:00"),
            List.of("2026-03-04T20:00"));

    assertThat(dates(set)).containsExactly("2026-03-02T19:00", "2026-03-09T19:00");
  }

  @Test
  void singleDatesNeedNoRule() {
    RecurrenceSet set =
        switch (RecurrenceSet.read(
            null,
            List.of("2026-05-01T10:00"),
            List.of(),
            LocalDateTime.parse("2026-03-02T19:00"),
            DUBLIN)) {
          case RecurrenceSet.Outcome.Read(RecurrenceSet read) -> read;
          case RecurrenceSet.Outcome.Refused refused ->
              throw new AssertionError(refused.errors().toString());
        };

    assertThat(dates(set)).containsExactly("2026-03-02T19:00", "2026-05-01T10:00");
    assertThat(set.isEndless()).isFalse();
    assertThat(set.rrule()).isEmpty();
  }

  @Test
  void timesWithAnOffsetAreWhatTheZonesClocksShow() {
    RecurrenceSet set =
        set(
            "2026-03-02T19:00",
            "FREQ=WEEKLY;COUNT=1",
            List.of("20260701T180000Z", "2026-08-01T20:00:00+02:00"),
            List.of());

    assertThat(dates(set))
        .containsExactly("2026-03-02T19:00", "2026-07-01T19:00", "2026-08-01T19:00");
  }

  @Test
  void untilIsAMomentALocalTimeOrAWholeDay() {
    String start = "2026-06-01T19:00";

    assertThat(dates(set(start, "FREQ=DAILY;UNTIL=20260602T180000Z"))).hasSize(2);
    assertThat(dates(set(start, "FREQ=DAILY;UNTIL=20260602T175959Z"))).hasSize(1);
    assertThat(dates(set(start, "FREQ=DAILY;UNTIL=20260602T190000"))).hasSize(2);
    assertThat(dates(set(start, "FREQ=DAILY;UNTIL=20260602T185959"))).hasSize(1);
    assertThat(dates(set(start, "FREQ=DAILY;UNTIL=20260602"))).hasSize(2);
  }

  @Test
  void weekdaysWithAndWithoutNumbersAreAddedUp() {
    assertThat(dates(set("2026-03-01T10:00", "FREQ=MONTHLY;BYDAY=MO,2WE;COUNT=6")))
        .containsExactly(
            "2026-03-02T10:00",
            "2026-03-09T10:00",
            "2026-03-11T10:00",
            "2026-03-16T10:00",
            "2026-03-23T10:00",
            "2026-03-30T10:00");
  }

  @Test
  void aWeekWithoutADayMeansTheStartsDay() {
    RecurrenceSet set = set("2026-05-12T10:00", "FREQ=YEARLY;BYWEEKNO=20;COUNT=3");

    assertThat(dates(set))
        .containsExactly("2026-05-12T10:00", "2027-05-18T10:00", "2028-05-16T10:00");
    assertThat(set.rrule()).hasValue("FREQ=YEARLY;COUNT=3;BYDAY=TU;BYWEEKNO=20");
  }

  @Test
  void weeksAreCountedAsIsoDoesAcrossTheTurnOfTheYear() {
    List<String> mondaysAndSundays =
        dates(set("2019-12-30T10:00", "FREQ=YEARLY;BYWEEKNO=1,53,-1;BYDAY=MO,SU;UNTIL=20991231"));

    assertThat(mondaysAndSundays)
        .isEqualTo(
            LocalDate.of(2019, 12, 30)
                .datesUntil(LocalDate.of(2100, 1, 1))
                .filter(
                    date ->
                        date.getDayOfWeek() == DayOfWeek.MONDAY
                            || date.getDayOfWeek() == DayOfWeek.SUNDAY)
                .filter(
                    date -> {
                      long week = date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
                      return week == 1
                          || week
                              == IsoFields.WEEK_OF_WEEK_BASED_YEAR
                                  .rangeRefinedBy(date)
                                  .getMaximum();
                    })
                .map(date -> date + "T10:00")
                .toList());
  }

  @Test
  void positionsInTheFirstWeekCountItsDaysBeforeTheStart() {
    assertThat(dates(set("2026-03-04T10:00", "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2;COUNT=2")))
        .containsExactly("2026-03-04T10:00", "2026-03-11T10:00");
  }

  @Test
  void aLeapSecondIsTheSecondBefore() {
    assertThat(dates(set("2026-03-04T10:00", "FREQ=DAILY;BYSECOND=60,59;COUNT=2")))
        .containsExactly("2026-03-04T10:00:59", "2026-03-05T10:00:59");
  }

  @Test
  void textIsBroughtIntoOneForm() {
    assertThat(
            set("2026-03-02T19:00", "rrule:wkst=mo;byday=we,MO,WE;interval=1;count=4;freq=weekly")
                .rrule())
        .hasValue("FREQ=WEEKLY;COUNT=4;BYDAY=MO,WE");
    assertThat(set("2026-03-02T19:00", "FREQ=DAILY;UNTIL=20260701").calendarRrule())
        .hasValue("FREQ=DAILY;UNTIL=20260701T225959Z");
  }

  @Test
  void aTimeThatDoesNotExistMovesForwardAndOfADoubledOneTheFirstIsMeant() {
    assertThat(RecurrenceSet.instant(LocalDateTime.parse("2026-03-29T01:30"), DUBLIN))
        .isEqualTo(Instant.parse("2026-03-29T01:30:00Z"));
    assertThat(RecurrenceSet.instant(LocalDateTime.parse("2026-10-25T01:30"), DUBLIN))
        .isEqualTo(Instant.parse("2026-10-25T00:30:00Z"));
  }

  @Test
  void cutBeforeItsStartOnlySingleDatesAreLeft() {
    RecurrenceSet set =
        set("2026-03-02T19:00", "FREQ=WEEKLY;COUNT=3", List.of("2026-02-01T10:00"), List.of());

    assertThat(dates(set.endingBefore(set.start()).orElseThrow()))
        .containsExactly("2026-02-01T10:00");
    assertThat(set.endingBefore(LocalDateTime.parse("2026-01-01T00:00"))).isEmpty();
    assertThat(set.startingFrom(LocalDateTime.parse("2026-06-01T00:00"))).isEmpty();
  }

  @Test
  void whatWouldBeNoDateAnywayIsKnown() {
    RecurrenceSet set =
        set(
            "2026-03-02T19:00",
            "FREQ=WEEKLY;COUNT=3",
            List.of(),
            List.of("2026-03-09T19:00", "2026-03-10T19:00"));

    assertThat(set.idleExdates()).containsExactly(LocalDateTime.parse("2026-03-10T19:00"));
  }
}
