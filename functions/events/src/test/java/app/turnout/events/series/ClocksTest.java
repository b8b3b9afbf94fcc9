package app.turnout.events.series;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.testing.ApiClient.Answer;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A country changes the rules of its clocks: dates that were stored by the old ones keep the local
/// time. "The old rules" are instants an hour off, as they would have been stored by them.
class ClocksTest extends SeriesHarness {
  private static final String FROM_APRIL = "starts_at >= timestamptz '2026-03-29 01:00Z'";

  private FollowClocks followClocks;

  @BeforeEach
  void forgetWalks() {
    followClocks = job.context().getBean(FollowClocks.class);
    owner.useHandle(
        handle ->
            handle.execute(
                """
                update clock_checks
                set rules_version = null, after_ends_at = null, after_id = null, finished_at = null
                """));
  }

  @Test
  void datesKeepTheirLocalTimeAndTheOrganiserIsTold() {
    weekly();
    storeByRulesWithoutSummerTime();
    assertThat(wrong()).isEqualTo(30);

    long followed = follow();

    assertThat(wrong()).isZero();
    assertThat(followed).isEqualTo(30);
    assertThat(told())
        .containsExactly(
            "30 dates, 2026-03-31T18:00:00Z before, for the one who made it in %s"
                .formatted(tenant.organization));
    assertThat(audited()).containsExactly("system: 2026-03-31T17:00:00Z");
  }

  @Test
  void whatIsRightIsLeftAloneAndAWalkIsNotRepeatedBeforeADayHasPassed() {
    Answer event = weekly();
    String tag = tag(tenant.get(path(event)));

    assertThat(follow()).isZero();
    storeByRulesWithoutSummerTime();
    assertThat(follow()).isZero();
    at(jobTime.instant().plusSeconds(86_400).toString());

    assertThat(follow()).isPositive();
    assertThat(told()).hasSize(1);
    assertThat(follow()).isZero();
    assertThat(tag(tenant.get(path(event)))).isEqualTo(tag);
  }

  @Test
  void newTimeZoneDatabaseBeginsAWalkAtOnce() {
    weekly();
    follow();
    storeByRulesWithoutSummerTime();
    owner.useHandle(handle -> handle.execute("update clock_checks set rules_version = '2005r'"));

    assertThat(follow()).isPositive();
  }

  @Test
  void walkThatWasCutShortGoesOnWhereItEnded() {
    for (int i = 0; i < 3; i++) {
      series(
          "Europe/Berlin",
          "2026-03-03T19:00:00+01:00",
          "2026-03-03T20:00:00+01:00",
          "{\"rrule\": \"FREQ=HOURLY;INTERVAL=6\"}");
    }
    storeByRulesWithoutSummerTime();
    int[] pages = {1};

    long first = followClocks.follow(() -> pages[0]-- > 0);

    assertThat(first).isBetween(1L, 2_000L);
    long rest = follow();
    assertThat(rest).isPositive();
    assertThat(wrong()).isZero();
    assertThat(told()).hasSizeBetween(3, 6);
  }

  @Test
  void twoAtOnceTellOnce() throws Exception {
    weekly();
    storeByRulesWithoutSummerTime();

    try (ExecutorService two = Executors.newFixedThreadPool(2)) {
      Future<Long> one = two.submit(this::follow);
      Future<Long> other = two.submit(this::follow);

      assertThat(one.get() + other.get()).isEqualTo(30);
    }
    assertThat(told()).hasSize(1);
  }

  @Test
  void whatIsOverOrCancelledStaysAsItWas() {
    weekly();
    storeByRulesWithoutSummerTime();
    owner.useHandle(
        handle ->
            handle.execute("update occurrences set status = 'cancelled' where " + FROM_APRIL));

    assertThat(follow()).isZero();
    assertThat(told()).isEmpty();
  }

  private Answer weekly() {
    return series(
        "Europe/Berlin",
        "2026-03-03T19:00:00+01:00",
        "2026-03-03T20:30:00+01:00",
        "{\"rrule\": \"FREQ=WEEKLY;BYDAY=TU\"}");
  }

  private long follow() {
    return followClocks.follow(() -> true);
  }

  /// All of them in winter time: an hour later than they are in summer.
  private void storeByRulesWithoutSummerTime() {
    owner.useHandle(
        handle ->
            handle.execute(
                """
                update occurrences
                set starts_at = local_start at time zone 'Etc/GMT-1',
                    ends_at = ends_at + (
                      local_start at time zone 'Etc/GMT-1' - starts_at)
                """));
  }

  private long wrong() {
    return owner.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select count(*)
                    from occurrences
                    where starts_at <> local_start at time zone time_zone
                      and status in ('scheduled', 'active')
                    """)
                .mapTo(Long.class)
                .one());
  }

  private List<String> audited() {
    return owner.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select actor_kind || ': ' || (after ->> 'starts_at')
                    from audit_log
                    where action = 'event.clocks_changed'
                      and organization_id = :organization
                    """)
                .bind("organization", tenant.organization)
                .mapTo(String.class)
                .list());
  }

  private List<String> told() {
    return owner.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select format(
                      '%s dates, %s before, for the one who made it in %s',
                      m.payload ->> 'dates', m.payload ->> 'starts_at_before', e.organization_id)
                    from outbox_messages m
                    join events e on e.id = cast(m.payload ->> 'event_id' as uuid)
                    where m.kind = 'clocks_changed'
                      and m.payload ->> 'user_id' = e.created_by::text
                    """)
                .mapTo(String.class)
                .list());
  }
}
