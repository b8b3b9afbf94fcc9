package app.turnout.runner.schedule;

import app.turnout.runner.RunnerException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// When a schedule comes due: EventBridge's `rate(…)`, `cron(…)` and `at(…)`.
sealed interface ScheduleExpression permits ScheduleExpression.Rate, ScheduleExpression.At, Cron {
  Pattern RATE = Pattern.compile("rate\\((\\d+) (minute|hour|day)(s?)\\)");
  Pattern CRON = Pattern.compile("cron\\((.+)\\)");
  Pattern AT = Pattern.compile("at\\((\\S+)\\)");

  /// The first time after another; nothing when it never comes again.
  ///
  /// @param previous a time at which it came, or at which it was made
  Optional<Instant> after(Instant previous);

  /// Reads one.
  ///
  /// @throws RunnerException when the text is none of the three
  static ScheduleExpression parse(String text, ZoneId zone) {
    Matcher rate = RATE.matcher(text.strip());
    if (rate.matches()) {
      long count = Long.parseLong(rate.group(1));
      if ((count == 1) != rate.group(3).isEmpty()) {
        throw new RunnerException("not a schedule, as EventBridge spells it: " + text);
      }
      return new Rate(
          switch (rate.group(2)) {
            case "minute" -> Duration.ofMinutes(count);
            case "hour" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
          });
    }
    Matcher cron = CRON.matcher(text.strip());
    if (cron.matches()) {
      return Cron.parse(cron.group(1), zone);
    }
    Matcher at = AT.matcher(text.strip());
    if (at.matches()) {
      return new At(instant(at.group(1), zone));
    }
    throw new RunnerException("not a schedule: " + text);
  }

  private static Instant instant(String text, ZoneId zone) {
    try {
      return LocalDateTime.parse(text).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      throw new RunnerException("not a time of a schedule: " + text, e);
    }
  }

  /// Every so often, counted from when it was made.
  record Rate(Duration interval) implements ScheduleExpression {
    public Rate {
      if (!interval.isPositive()) {
        throw new RunnerException("a rate must be positive");
      }
    }

    @Override
    public Optional<Instant> after(Instant previous) {
      return Optional.of(previous.plus(interval));
    }
  }

  /// Once.
  record At(Instant time) implements ScheduleExpression {
    @Override
    public Optional<Instant> after(Instant previous) {
      return time.isAfter(previous) ? Optional.of(time) : Optional.empty();
    }
  }
}
