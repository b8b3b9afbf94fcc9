package app.turnout.runner.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.turnout.runner.RunnerException;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleExpressionTest {
  /// A Monday.
  private static final String NOW = "2019-02-18T07:30:00Z";

  @ParameterizedTest
  @CsvSource({
    "rate(1 minute), 2019-02-18T07:31:00Z",
    "rate(5 minutes), 2019-02-18T07:35:00Z",
    "rate(1 hour), 2019-02-18T08:30:00Z",
    "rate(2 days), 2019-02-20T07:30:00Z",
    "cron(0 10 * * ? *), 2019-02-18T10:00:00Z",
    "cron(30 7 * * ? *), 2019-02-19T07:30:00Z",
    "cron(15 12 ? * * *), 2019-02-18T12:15:00Z",
    "cron(0/10 * ? * MON-FRI *), 2019-02-18T07:40:00Z",
    "cron(5/20 8-17 ? * 2-6 *), 2019-02-18T08:05:00Z",
    "cron(0 18 ? * SUN *), 2019-02-24T18:00:00Z",
    "cron(0 18 ? * 1 *), 2019-02-24T18:00:00Z",
    "cron(0 8 1 * ? *), 2019-03-01T08:00:00Z",
    "cron(0 8 L * ? *), 2019-02-28T08:00:00Z",
    "cron(0 8 3W * ? *), 2019-03-04T08:00:00Z",
    "cron(0 8 ? * 6#3 *), 2019-03-15T08:00:00Z",
    "cron(0 8 ? * FRI#3 *), 2019-03-15T08:00:00Z",
    "cron(0 8 ? * 6L *), 2019-02-22T08:00:00Z",
    "cron(0 0 29 FEB ? *), 2020-02-29T00:00:00Z",
    "'cron(0,45 7,9 18 2 ? 2019)', 2019-02-18T07:45:00Z",
    "at(2019-02-18T09:00:00), 2019-02-18T09:00:00Z",
  })
  void comesNextAt(String expression, Instant next) {
    assertThat(parse(expression, "UTC").after(Instant.parse(NOW))).hasValue(next);
  }

  @ParameterizedTest
  @CsvSource({
    "2019-03-30T00:00:00Z, 2019-03-30T01:30:00Z",
    "2019-03-30T02:00:00Z, 2019-03-31T01:30:00Z",
    "2019-03-31T02:00:00Z, 2019-04-01T00:30:00Z",
  })
  void cronIsInItsZoneAndSurvivesTheSkippedHour(Instant now, Instant next) {
    assertThat(parse("cron(30 2 * * ? *)", "Europe/Vienna").after(now)).hasValue(next);
  }

  @Test
  void whatIsOverNeverComes() {
    assertThat(parse("at(2019-02-18T07:30:00)", "UTC").after(Instant.parse(NOW))).isEmpty();
    assertThat(parse("cron(0 8 1 1 ? 2018)", "UTC").after(Instant.parse(NOW))).isEmpty();
    assertThat(parse("cron(0 8 31 2 ? *)", "UTC").after(Instant.parse(NOW))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rate(0 minutes)",
        "rate(1 second)",
        "every day",
        "cron(0 8 * * *)",
        "cron(0 8 * * * *)",
        "cron(0 8 ? * ? *)",
        "cron(60 8 * * ? *)",
        "cron(0 8 * * 8 ?)",
        "cron(x 8 * * ? *)",
        "at(tomorrow)",
      })
  void otherTextIsRefused(String expression) {
    assertThatThrownBy(() -> parse(expression, "UTC")).isInstanceOf(RunnerException.class);
  }

  private static ScheduleExpression parse(String expression, String zone) {
    return ScheduleExpression.parse(expression, ZoneId.of(zone));
  }
}
