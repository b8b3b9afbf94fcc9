package app.turnout.events.rules;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.platform.problem.FieldError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds the rules against what they mean elsewhere: `cases.tsv`, which says how it was made.
class RulesElsewhereTest {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");

  record Case(
      String line,
      ZoneId zone,
      LocalDateTime start,
      String rule,
      LocalDateTime from,
      List<LocalDateTime> dates,
      List<Instant> instants,
      boolean more) {
    static Case of(String line) {
      List<String> fields = List.of(line.split("\t", -1));
      List<LocalDateTime> dates = new ArrayList<>();
      List<Instant> instants = new ArrayList<>();
      boolean more = false;
      for (String date : fields.get(4).split(" ", -1)) {
        if (date.equals("...")) {
          more = true;
        } else {
          LocalDateTime local = LocalDateTime.parse(date.substring(0, 15), STAMP);
          dates.add(local);
          instants.add(local.toInstant(ZoneOffset.of(date.substring(15))));
        }
      }
      LocalDateTime start = LocalDateTime.parse(fields.get(1), STAMP);
      return new Case(
          line,
          ZoneId.of(fields.get(0)),
          start,
          fields.get(2),
          fields.get(3).equals("-") ? start : LocalDateTime.parse(fields.get(3), STAMP),
          List.copyOf(dates),
          List.copyOf(instants),
          more);
    }
  }

  static Stream<Case> cases() {
    InputStream file =
        Objects.requireNonNull(RulesElsewhereTest.class.getResourceAsStream("cases.tsv"));
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      return lines.readAllLines().stream().filter(line -> !line.startsWith("#")).map(Case::of);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Every second is expanded rightly, too, though nobody may ask for it.
  private static RecurrenceSet set(Case example) {
    return switch (RecurrenceSet.read(
        example.rule(), List.of(), List.of(), example.start(), example.zone())) {
      case RecurrenceSet.Outcome.Read(RecurrenceSet set) -> set;
      case RecurrenceSet.Outcome.Refused(List<FieldError> errors)
          when errors.getFirst().rule().equals("too_many") ->
          RecurrenceSet.stored(
              example.rule(), List.of(), List.of(), example.start(), example.zone());
      case RecurrenceSet.Outcome.Refused(List<FieldError> errors) ->
          throw new AssertionError(errors + " for " + example.line());
    };
  }

  private static List<LocalDateTime> take(Iterator<LocalDateTime> dates, int most) {
    List<LocalDateTime> taken = new ArrayList<>();
    while (dates.hasNext() && taken.size() < most) {
      taken.add(dates.next());
    }
    return taken;
  }

  @Test
  void datesAndInstantsAreThoseOfOthers() {
    List<String> wrong = new ArrayList<>();
    List<Case> cases = cases().toList();

    for (Case example : cases) {
      try {
        RecurrenceSet set = set(example);
        int most = example.dates().size() + (example.more() ? 0 : 1);
        List<LocalDateTime> dates = take(set.startsFrom(example.from()), most);
        List<Instant> instants =
            dates.stream().map(date -> RecurrenceSet.instant(date, example.zone())).toList();
        if (!dates.equals(example.dates()) || !instants.equals(example.instants())) {
          wrong.add(example.line() + "\n    we say " + dates);
        }
      } catch (AssertionError e) {
        wrong.add(String.valueOf(e.getMessage()));
      }
    }

    assertThat(cases).hasSizeGreaterThan(500);
    assertThat(wrong).isEmpty();
  }

  @Test
  void aRuleReadAgainFromItsFirstDateHasTheSameDates() {
    for (Case example : cases().toList()) {
      RecurrenceSet set = set(example);

      RecurrenceSet again =
          RecurrenceSet.stored(
              set.rrule().orElseThrow(), List.of(), List.of(), set.start(), example.zone());

      assertThat(again.rrule()).isEqualTo(set.rrule());
      assertThat(take(again.startsFrom(example.from()), 30))
          .as(example.line())
          .isEqualTo(take(set.startsFrom(example.from()), 30));
    }
  }

  @Test
  void aRuleAsCalendarsGetItHasTheSameDates() {
    for (Case example : cases().toList()) {
      RecurrenceSet set = set(example);

      RecurrenceSet again =
          RecurrenceSet.stored(
              set.calendarRrule().orElseThrow(), List.of(), List.of(), set.start(), example.zone());

      assertThat(take(again.startsFrom(example.from()), 30))
          .as(example.line())
          .isEqualTo(take(set.startsFrom(example.from()), 30));
    }
  }

  @Test
  void askedFromTheMiddleTheSameDatesFollow() {
    for (Case example : cases().toList()) {
      RecurrenceSet set = set(example);
      List<LocalDateTime> dates = take(set.startsFrom(set.start()), 40);

      for (int i = 0; i < dates.size(); i += 7) {
        assertThat(take(set.startsFrom(dates.get(i)), dates.size() - i))
            .as(example.line())
            .isEqualTo(dates.subList(i, dates.size()));
        assertThat(set.has(dates.get(i))).isTrue();
      }
    }
  }

  @Test
  void aSetCutInTwoHasTheSameDates() {
    for (Case example : cases().toList()) {
      RecurrenceSet set = set(example);
      List<LocalDateTime> dates = take(set.startsFrom(set.start()), 40);
      LocalDateTime cut = dates.get(dates.size() / 2);

      List<LocalDateTime> both = new ArrayList<>();
      set.endingBefore(cut)
          .ifPresent(earlier -> both.addAll(take(earlier.startsFrom(set.start()), 100)));
      int before = both.size();
      both.addAll(take(set.startingFrom(cut).orElseThrow().startsFrom(cut), dates.size() - before));

      assertThat(both).as(example.line()).isEqualTo(dates);
    }
  }
}
