package app.turnout.events.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import app.turnout.platform.problem.FieldError;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileRulesTest {
  private static final ZoneId DUBLIN = ZoneId.of("Europe/Dublin");
  private static final LocalDateTime START = LocalDateTime.of(2026, 3, 2, 19, 0);

  @ParameterizedTest
  @Timeout(10)
  @CsvSource(
      delimiter = '|',
      value = {
        "FREQ=SECONDLY | too_many",
        "FREQ=MINUTELY | too_many",
        "FREQ=SECONDLY;INTERVAL=1800 | too_many",
        "FREQ=DAILY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12;"
            + "BYMINUTE=0,10,20,30,40,50 | too_many",
        "FREQ=DAILY;BYHOUR=1,2,3,4,5,6;BYMINUTE=1,2,3,4,5,6;BYSECOND=1,2,3,4,5,6 | too_many",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=29 | too_many",
        "FREQ=SECONDLY;UNTIL=20991231 | too_many",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30 | no_dates",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30 | no_dates",
        "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31 | no_dates",
        "FREQ=YEARLY;BYDAY=MO;BYYEARDAY=1;BYMONTHDAY=2 | no_dates",
        "FREQ=HOURLY;INTERVAL=24;BYHOUR=4 | no_dates",
        "FREQ=MINUTELY;INTERVAL=60;BYMINUTE=1 | no_dates",
        "FREQ=SECONDLY;INTERVAL=60;BYSECOND=1 | no_dates",
        "FREQ=MINUTELY;INTERVAL=1440;BYHOUR=4 | no_dates",
        "FREQ=SECONDLY;INTERVAL=59;BYMONTHDAY=31;BYMONTH=6 | no_dates",
        "FREQ=YEARLY;INTERVAL=2;BYYEARDAY=366;UNTIL=2028 | until",
        "FREQ=MONTHLY;BYDAY=6MO | no_dates",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=9 | no_dates",
        "FREQ=WEEKLY;BYDAY=SU;UNTIL=20260303 | no_dates",
        "FREQ=DAILY;COUNT=10001 | range",
        "FREQ=DAILY;COUNT=99999999999999999999 | range",
        "FREQ=DAILY;COUNT=0 | range",
        "FREQ=DAILY;COUNT=-1 | range",
        "FREQ=YEARLY;COUNT=500 | count",
        "FREQ=DAILY;INTERVAL=0 | range",
        "FREQ=DAILY;INTERVAL=-2 | range",
        "FREQ=DAILY;INTERVAL=2147483647 | range",
        "FREQ=DAILY;INTERVAL=999999999 | interval",
        "FREQ=YEARLY;INTERVAL=101 | interval",
        "FREQ=DAILY;UNTIL=99991231T235959Z | until",
        "FREQ=DAILY;UNTIL=20250101 | until",
        "FREQ=DAILY;UNTIL=20270230 | until",
        "FREQ=DAILY;UNTIL=20270228T250000Z | until",
        "FREQ=DAILY;UNTIL=tomorrow | until",
        "FREQ=DAILY;COUNT=3;UNTIL=20270101 | count_or_until",
        "FREQ=DAILY;FREQ=WEEKLY | duplicate_part",
        "FREQ=DAILY;BYDAY=MO;BYDAY=TU | duplicate_part",
        "FREQ=FORTNIGHTLY | frequency",
        "COUNT=3 | syntax",
        "FREQ= | syntax",
        "FREQ=DAILY;;COUNT=3 | syntax",
        "FREQ=DAILY; | syntax",
        "RRULE: | syntax",
        "RSCALE=CHINESE;FREQ=YEARLY | unsupported_part",
        "FREQ=YEARLY;SKIP=FORWARD | unsupported_part",
        "FREQ=YEARLY;BYEASTER=0 | unknown_part",
        "FREQ=YEARLY;X-NAME=1 | unknown_part",
        "FREQ=WEEKLY;BYDAY=XX | weekday",
        "FREQ=WEEKLY;BYDAY=MO,,TU | weekday",
        "FREQ=WEEKLY;BYDAY=1 | weekday",
        "FREQ=MONTHLY;BYDAY=0MO | range",
        "FREQ=MONTHLY;BYDAY=54MO | range",
        "FREQ=MONTHLY;BYDAY=+-1MO | range",
        "FREQ=WEEKLY;WKST=1 | weekday",
        "FREQ=WEEKLY;BYDAY=1MO | combination",
        "FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO | combination",
        "FREQ=MONTHLY;BYWEEKNO=20 | combination",
        "FREQ=WEEKLY;BYMONTHDAY=20 | combination",
        "FREQ=DAILY;BYYEARDAY=20 | combination",
        "FREQ=DAILY;BYSETPOS=1 | combination",
        "FREQ=YEARLY;BYMONTH=13 | range",
        "FREQ=YEARLY;BYMONTH=0 | range",
        "FREQ=YEARLY;BYMONTH=-1 | range",
        "FREQ=YEARLY;BYMONTHDAY=32 | range",
        "FREQ=YEARLY;BYMONTHDAY=0 | range",
        "FREQ=YEARLY;BYYEARDAY=367 | range",
        "FREQ=YEARLY;BYWEEKNO=54 | range",
        "FREQ=DAILY;BYHOUR=24 | range",
        "FREQ=DAILY;BYMINUTE=60 | range",
        "FREQ=DAILY;BYSECOND=61 | range",
        "FREQ=DAILY;BYHOUR=1.5 | range",
        "FREQ=DAILY;BYHOUR=٣ | characters",
        "FREQ=DAILY ;COUNT=3 | characters",
      })
  void isRefusedWithItsReasonInFewSteps(String rule, String reason) {
    Work work = Work.ofReading();

    RecurrenceSet.Outcome outcome =
        RecurrenceSet.read(rule, List.of(), List.of(), START, DUBLIN, work);

    assertThat(errors(outcome))
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.field()).isEqualTo("recurrence.rrule");
              assertThat(error.rule()).isEqualTo(reason);
            });
    assertThat(work.steps()).isLessThan(70_000);
  }

  @ParameterizedTest
  @Timeout(10)
  @ValueSource(
      strings = {
        "FREQ=SECONDLY;BYMINUTE=31;BYSECOND=33;INTERVAL=241;COUNT=9000",
        "FREQ=SECONDLY;INTERVAL=86399;BYHOUR=3;BYMINUTE=7;COUNT=9000",
        "FREQ=DAILY;INTERVAL=1;BYMONTH=1;BYMONTHDAY=1;COUNT=170;BYHOUR=1",
        "FREQ=MINUTELY;BYHOUR=9;BYMINUTE=0;COUNT=9999",
      })
  void datesThatAreSearchedForAtLengthTakeFewStepsToo(String rule) {
    Work work = Work.ofReading();

    RecurrenceSet.read(rule, List.of(), List.of(), START, DUBLIN, work);

    assertThat(work.steps()).isLessThan(Work.MOST_STEPS + 2);
  }

  @Test
  void whatIsFoundInTooManyStepsIsRefused() {
    assertThat(
            errors(
                RecurrenceSet.read(
                    "FREQ=MINUTELY;BYHOUR=9;BYMINUTE=0;COUNT=9999",
                    List.of(),
                    List.of(),
                    START,
                    DUBLIN)))
        .extracting(FieldError::rule)
        .containsExactly("too_costly");
  }

  private static List<FieldError> errors(RecurrenceSet.Outcome outcome) {
    return switch (outcome) {
      case RecurrenceSet.Outcome.Read(RecurrenceSet set) ->
          throw new AssertionError("taken: " + set.rrule());
      case RecurrenceSet.Outcome.Refused(List<FieldError> errors) -> errors;
    };
  }

  @Test
  void everyTimeOfDayOfEveryDayIsRefusedBeforeTheTimesAreMultiplied() {
    String rule =
        "FREQ=YEARLY;BYHOUR=%s;BYMINUTE=%s;BYSECOND=%s;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=1"
            .formatted(numbers(0, 23), numbers(0, 59), numbers(0, 59));

    assertThat(errors(RecurrenceSet.read(rule, List.of(), List.of(), START, DUBLIN)))
        .extracting(FieldError::rule)
        .containsExactly("too_many");
  }

  private static String numbers(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(","));
  }

  @Test
  void kilobytesOfTextAreRefused() {
    String rule = "FREQ=DAILY;BYHOUR=" + "1,".repeat(50_000) + "1";

    assertThat(errors(RecurrenceSet.read(rule, List.of(), List.of(), START, DUBLIN)))
        .extracting(FieldError::rule)
        .containsExactly("max_length");
  }

  @Test
  void aSecondLineIsRefused() {
    assertThat(
            errors(
                RecurrenceSet.read(
                    "FREQ=DAILY\r\nATTENDEE:mailto:x@example.com",
                    List.of(),
                    List.of(),
                    START,
                    DUBLIN)))
        .extracting(FieldError::rule)
        .containsExactly("characters");
  }

  @Test
  void everyDayOfTheYearListedIsTaken() {
    String rule = "FREQ=YEARLY;BYYEARDAY=" + numbers(1, 366);

    RecurrenceSet.Outcome outcome = RecurrenceSet.read(rule, List.of(), List.of(), START, DUBLIN);

    assertThat(outcome).isInstanceOf(RecurrenceSet.Outcome.Read.class);
  }

  @Test
  void tenThousandSingleDatesAreRefused() {
    List<String> dates = Collections.nCopies(10_000, "2026-03-02T19:00");

    assertThat(errors(RecurrenceSet.read(null, dates, dates, START, DUBLIN)))
        .extracting(FieldError::field, FieldError::rule)
        .contains(
            tuple("recurrence.rdates", "max_items"), tuple("recurrence.exdates", "max_items"));
  }

  @Test
  void yearsNobodyPlansForAreRefused() {
    LocalDateTime far = LocalDateTime.of(9999, 1, 1, 9, 0);

    assertThat(errors(RecurrenceSet.read("FREQ=DAILY", List.of(), List.of(), far, DUBLIN)))
        .extracting(FieldError::field)
        .containsExactly("starts_at");
    assertThat(
            errors(
                RecurrenceSet.read(
                    "FREQ=DAILY", List.of("9999-01-01T09:00"), List.of(), START, DUBLIN)))
        .extracting(FieldError::field, FieldError::rule)
        .containsExactly(tuple("recurrence.rdates[0]", "range"));
  }

  @Test
  void whatIsNoTimeIsNamedByItsPlace() {
    assertThat(
            errors(
                RecurrenceSet.read(
                    "FREQ=DAILY",
                    List.of("2026-03-05T19:00", "2026-02-30T19:00"),
                    List.of("Tuesday"),
                    START,
                    DUBLIN)))
        .extracting(FieldError::field)
        .containsExactly("recurrence.rdates[1]", "recurrence.exdates[0]");
  }

  @Test
  void leavingOutEveryDateIsRefused() {
    assertThat(
            errors(
                RecurrenceSet.read(
                    "FREQ=DAILY;COUNT=1", List.of(), List.of("2026-03-02T19:00"), START, DUBLIN)))
        .extracting(FieldError::field)
        .containsExactly("recurrence.exdates");
  }

  @Test
  void neitherARuleNorDatesIsNoRecurrence() {
    assertThat(errors(RecurrenceSet.read(null, List.of(), List.of(), START, DUBLIN)))
        .extracting(FieldError::field, FieldError::rule)
        .containsExactly(tuple("recurrence.rrule", "required"));
  }

  /// As above, of what is asked a thousand times over.
  @ParameterizedTest
  @Timeout(30)
  @CsvSource({
    "FREQ=DAILY;COUNT=10000",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=29;BYHOUR=1;BYMINUTE=1;BYSECOND=1"
  })
  void aThousandDatesMoreAndLeftOutAreLookedUpAtOnce(String rule) {
    List<String> dates =
        IntStream.range(0, 1_000).mapToObj(day -> START.plusDays(11L * day).toString()).toList();

    RecurrenceSet set =
        switch (RecurrenceSet.read(rule, dates, dates, START, DUBLIN)) {
          case RecurrenceSet.Outcome.Read(RecurrenceSet read) -> read;
          case RecurrenceSet.Outcome.Refused(List<FieldError> errors) ->
              throw new AssertionError(errors.toString());
        };

    assertThat(set.idleExdates()).isEmpty();
    assertThat(RecurrenceWords.of(set, "en")).contains("except 1000 dates");
  }

  /// Not a measurement: what takes minutes when it goes wrong.
  @Test
  void aRuleForTwoHundredYearsIsExpandedAtOnce() {
    long began = System.nanoTime();

    RecurrenceSet set = RecurrenceSet.stored("FREQ=HOURLY", List.of(), List.of(), START, DUBLIN);
    int dates = set.startsBetween(START, START.plusYears(150)).size();

    assertThat(dates).isGreaterThan(1_000_000);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
  }
}
