package app.turnout.events.closing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.turnout.platform.lambda.CallFailedException;
import app.turnout.testing.SettableTime;
import app.turnout.testing.TestDatabase;
import app.turnout.testing.TestFunctions;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Events with dates of one hour, the first on 1 April 2026 at ten.
class ClosingTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final Instant BEGIN = Instant.parse("2026-04-01T10:00:00Z");
  private static final Instant END = Instant.parse("2026-04-01T11:00:00Z");

  private static ClosingFunction function;
  private static SettableTime time;
  private static Jdbi owner;

  private UUID organization;

  @BeforeAll
  static void start() {
    Map<String, Object> properties =
        new HashMap<>(TestFunctions.properties("closing", DATABASE, TestDatabase.JOBS));
    properties.putAll(TestFunctions.aws());
    properties.put("datasources.default.maximum-pool-size", 4);
    function = new ClosingFunction(properties);
    time = function.context().getBean(SettableTime.class);
    owner = Jdbi.create(DATABASE.owner());
  }

  @AfterAll
  static void stop() {
    function.close();
  }

  @BeforeEach
  void found() {
    organization = UUID.randomUUID();
    execute("truncate organizations, audit_log cascade");
    execute(
        """
        insert into organizations (id, name, type, plan, created_at, updated_at, version)
        values (?, 'Ours', 'event', 'enterprise', '2026-01-01', '2026-01-01', 1)
        """,
        organization);
    time.set(BEGIN.minusSeconds(1));
  }

  @Test
  void dateAndItsEventBeginAndEndWithTheirTime() {
    UUID event = event("demand", "scheduled");
    UUID date = date(event, BEGIN);

    run();
    assertThat(status("events", event)).isEqualTo("scheduled");
    assertThat(status("occurrences", date)).isEqualTo("scheduled");

    time.set(BEGIN);
    run();
    assertThat(status("events", event)).isEqualTo("active");
    assertThat(status("occurrences", date)).isEqualTo("active");
    assertThat(version("events", event)).isEqualTo(1);

    time.set(END.minusSeconds(1));
    run();
    assertThat(status("occurrences", date)).isEqualTo("active");

    time.set(END);
    run();
    assertThat(status("events", event)).isEqualTo("completed");
    assertThat(status("occurrences", date)).isEqualTo("completed");
    assertThat(instant("select completed_at from events where id = ?", event)).isEqualTo(END);
    assertThat(audited())
        .containsExactlyInAnyOrder("occurrence.began", "occurrence.completed", "event.completed");
  }

  @Test
  void whoDidNotComeIsMarkedSoAndWhoDeniedIsNot() {
    UUID date = date(event("demand", "scheduled"), BEGIN);
    UUID pending = participant(date, "pending");
    UUID confirmed = participant(date, "confirmed");
    UUID denied = participant(date, "denied");
    UUID checkedIn = participant(date, "checked_in");
    UUID elsewhere =
        participant(date(event("demand", "scheduled"), BEGIN.plusSeconds(1)), "pending");

    time.set(END);
    run();
    run();

    assertThat(status("participants", pending)).isEqualTo("no_show");
    assertThat(status("participants", confirmed)).isEqualTo("no_show");
    assertThat(status("participants", denied)).isEqualTo("denied");
    assertThat(status("participants", checkedIn)).isEqualTo("checked_in");
    assertThat(status("participants", elsewhere)).isEqualTo("pending");
    assertThat(version("participants", pending)).isEqualTo(2);
    assertThat(audited()).filteredOn("participant.no_show"::equals).hasSize(2);
    assertThat(
            text(
                "select before ->> 'status' || ' ' || (after ->> 'status') || ' ' || actor_kind"
                    + " from audit_log where subject_id = ?",
                confirmed))
        .isEqualTo("confirmed no_show system");
  }

  @Test
  void runDaysLateDoesAllAtOnceAsOfThen() {
    UUID event = event("demand", "scheduled");
    UUID participant = participant(date(event, BEGIN), "pending");

    time.set(END.plus(Duration.ofDays(30)));
    run();

    assertThat(status("participants", participant)).isEqualTo("no_show");
    assertThat(status("events", event)).isEqualTo("completed");
    assertThat(instant("select completed_at from events where id = ?", event)).isEqualTo(END);
    assertThat(instant("select archived_at from events where id = ?", event)).isNotNull();
    assertThat(audited()).doesNotContain("occurrence.began");
  }

  @Test
  void draftsAndCancelledDatesAreLeftAlone() {
    UUID draft = event("demand", "draft");
    UUID planned = date(draft, BEGIN);
    UUID cancelled = event("demand", "cancelled");
    UUID calledOff = date(cancelled, BEGIN);
    execute("update occurrences set status = 'cancelled' where id = ?", calledOff);
    UUID pending = participant(calledOff, "pending");
    UUID early = participant(planned, "pending");

    time.set(BEGIN);
    run();
    time.set(END);
    run();

    assertThat(status("occurrences", planned)).isEqualTo("scheduled");
    assertThat(status("occurrences", calledOff)).isEqualTo("cancelled");
    assertThat(status("participants", pending)).isEqualTo("pending");
    assertThat(status("participants", early)).isEqualTo("pending");
    assertThat(audited()).isEmpty();
  }

  @Test
  void eventThatWasCompletedBeforeItsTimeIsClosedTheSame() {
    UUID event = event("demand", "completed");
    UUID date = date(event, BEGIN);
    execute("update occurrences set status = 'completed' where id = ?", date);
    UUID participant = participant(date, "confirmed");

    time.set(BEGIN.plusSeconds(60));
    run();

    assertThat(status("participants", participant)).isEqualTo("no_show");
    assertThat(instant("select closed_at from occurrences where id = ?", date))
        .isEqualTo(BEGIN.plusSeconds(60));
    assertThat(audited()).containsExactly("participant.no_show");
  }

  @Test
  void recurringEventEndsWithItsLastDateOnceTheRuleHasNoMore() {
    UUID event = event("periodic", "scheduled");
    UUID first = date(event, BEGIN);
    UUID last = date(event, BEGIN.plus(Duration.ofDays(7)));
    UUID cancelled = date(event, BEGIN.plus(Duration.ofDays(3)));
    execute("update occurrences set status = 'cancelled' where id = ?", cancelled);
    UUID series = series(event, "2027-04-01");

    time.set(BEGIN);
    run();
    assertThat(status("occurrences", first)).isEqualTo("active");
    assertThat(status("events", event)).isEqualTo("scheduled");

    time.set(END.plus(Duration.ofDays(7)));
    run();
    assertThat(status("occurrences", last)).isEqualTo("completed");
    assertThat(status("events", event)).isEqualTo("scheduled");

    UUID added = date(event, BEGIN.plus(Duration.ofDays(14)));
    execute("update series set made_before = '9999-12-31' where id = ?", series);
    run();
    assertThat(status("events", event)).isEqualTo("scheduled");

    time.set(END.plus(Duration.ofDays(14)));
    run();
    assertThat(status("occurrences", added)).isEqualTo("completed");
    assertThat(status("events", event)).isEqualTo("completed");
  }

  @Test
  void sevenDaysAfterItsLastDateAnEventIsArchived() {
    UUID event = event("demand", "scheduled");
    date(event, BEGIN);
    UUID draft = event("demand", "draft");
    date(draft, BEGIN);
    UUID cancelled = event("demand", "cancelled");
    date(cancelled, BEGIN.plus(Duration.ofDays(1)));
    time.set(END);
    run();

    time.set(END.plus(Duration.ofDays(7)).minusSeconds(1));
    run();
    assertThat(archived()).isEmpty();

    time.advance(Duration.ofSeconds(1));
    run();
    assertThat(archived()).containsExactlyInAnyOrder(event, draft);

    time.advance(Duration.ofDays(1));
    run();
    assertThat(archived()).containsExactlyInAnyOrder(event, draft, cancelled);
    assertThat(audited()).filteredOn("event.archived"::equals).hasSize(3);
    assertThat(text("select status from catalogue_entries where event_id = ?", event))
        .isEqualTo("completed");
    assertThat(count("catalogue_entries where is_listed")).isEqualTo(0);
  }

  @Test
  void whatWasBroughtBackStays() {
    UUID event = event("demand", "completed");
    date(event, BEGIN);
    execute("update events set is_kept = true where id = ?", event);

    time.set(END.plus(Duration.ofDays(30)));
    run();

    assertThat(archived()).isEmpty();
  }

  @Test
  void whatSomebodyHoldsIsLeftToTheNextRun() {
    UUID event = event("demand", "scheduled");
    UUID date = date(event, BEGIN);
    time.set(END);

    owner.useTransaction(
        handle -> {
          handle.execute("select from events where id = ? for update", event);
          run();
        });
    assertThat(status("occurrences", date)).isEqualTo("scheduled");

    run();
    assertThat(status("occurrences", date)).isEqualTo("completed");
  }

  /// More dates than a page has, and more people than one takes.
  @Test
  void thousandDatesAndFiveThousandPeopleAreClosedPageByPage() {
    UUID event = event("periodic", "scheduled");
    dates(event, 999);
    UUID crowded = date(event("demand", "scheduled"), BEGIN);
    participants(crowded, 5_000);
    time.set(BEGIN.plus(Duration.ofDays(1_100)));

    run();

    assertThat(count("occurrences where closed_at is null")).isEqualTo(0);
    assertThat(count("participants where status = 'no_show'")).isEqualTo(5_000);
    assertThat(count("audit_log where action = 'participant.no_show'")).isEqualTo(5_000);
    assertThat(count("audit_log where action = 'occurrence.completed'")).isEqualTo(1_000);
    run();
    assertThat(count("audit_log where action = 'occurrence.completed'")).isEqualTo(1_000);
  }

  @Test
  void runThatFailsInTheMiddleGoesOnNextTime() {
    UUID event = event("periodic", "scheduled");
    dates(event, 450);
    UUID last = date(event, BEGIN.plus(Duration.ofDays(900)));
    UUID participant = participant(last, "pending");
    time.set(BEGIN.plus(Duration.ofDays(1_000)));
    execute(
        """
        create function fail() returns trigger language plpgsql
        as $$ begin raise exception 'no'; end $$
        """);
    execute(
        "create trigger fails before update on participants for each row execute function fail()");

    assertThatThrownBy(ClosingTest::run).isInstanceOf(CallFailedException.class);

    assertThat(count("occurrences where closed_at is not null")).isEqualTo(400);
    assertThat(count("audit_log where action = 'occurrence.completed'")).isEqualTo(400);
    execute("drop trigger fails on participants");
    execute("drop function fail");
    run();
    assertThat(count("occurrences where closed_at is null")).isEqualTo(0);
    assertThat(count("audit_log where action = 'occurrence.completed'")).isEqualTo(451);
    assertThat(status("participants", participant)).isEqualTo("no_show");
  }

  @Test
  void ofTwoRunsAtOnceEachDateIsClosedByOne() throws Exception {
    for (int i = 0; i < 300; i++) {
      participant(date(event("demand", "scheduled"), BEGIN.plusSeconds(i)), "pending");
    }
    time.set(END.plusSeconds(300));

    List<Future<?>> runs = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      for (int i = 0; i < 3; i++) {
        runs.add(threads.submit(ClosingTest::run));
      }
      for (Future<?> each : runs) {
        each.get();
      }
    }
    run();

    assertThat(count("events where status = 'completed'")).isEqualTo(300);
    assertThat(count("audit_log where action = 'participant.no_show'")).isEqualTo(300);
    assertThat(count("audit_log where action = 'event.completed'")).isEqualTo(300);
  }

  private static void run() {
    function.handleRequest(new ScheduledEvent(), null);
  }

  private UUID event(String type, String status) {
    UUID id = UUID.randomUUID();
    execute(
        """
        insert into events (
          id, organization_id, title, type, status, visibility, arrival_radius_metres, time_zone,
          tracking_opens_minutes_before, check_in_on_arrival, created_by, created_at, updated_at,
          completed_at, version)
        values (?, ?, 'Lecture', ?, ?, 'public', 150, 'UTC', 60, false, gen_random_uuid(),
                '2026-01-01', '2026-01-01',
                case when ? = 'completed' then timestamptz '2026-04-01 10:30Z' end, 1)
        """,
        id,
        organization,
        type,
        status,
        status);
    return id;
  }

  private UUID date(UUID event, Instant start) {
    UUID id = UUID.randomUUID();
    LocalDateTime local = LocalDateTime.ofInstant(start, ZoneOffset.UTC);
    execute(
        """
        insert into occurrences (
          id, organization_id, event_id, original_start, local_start, local_end, time_zone,
          starts_at, ends_at, status, created_at, updated_at, version)
        values (?, ?, ?, ?, ?, ?, 'UTC', ?, ?, 'scheduled', '2026-01-01', '2026-01-01', 1)
        """,
        id,
        organization,
        event,
        local,
        local,
        local.plusHours(1),
        start.atOffset(ZoneOffset.UTC),
        start.plusSeconds(3600).atOffset(ZoneOffset.UTC));
    return id;
  }

  /// A date a day.
  private void dates(UUID event, int count) {
    execute(
        """
        insert into occurrences (
          id, organization_id, event_id, original_start, local_start, local_end, time_zone,
          starts_at, ends_at, status, created_at, updated_at, version)
        select gen_random_uuid(), ?, ?, d, d, d + interval '1 hour', 'UTC', d at time zone 'UTC',
               (d + interval '1 hour') at time zone 'UTC', 'scheduled', '2026-01-01', '2026-01-01', 1
        from generate_series(
          timestamp '2026-04-01 10:00', timestamp '2026-04-01 10:00' + ? * interval '1 day',
          interval '1 day') d
        """,
        organization,
        event,
        count - 1);
  }

  private UUID participant(UUID date, String status) {
    UUID id = UUID.randomUUID();
    execute(
        """
        insert into participants (
          id, organization_id, event_id, occurrence_id, name, locale, status, created_at,
          updated_at, version)
        select ?, o.organization_id, o.event_id, o.id, 'Bo', 'en', ?, '2026-01-01', '2026-01-01', 1
        from occurrences o
        where o.id = ?
        """,
        id,
        status,
        date);
    return id;
  }

  private void participants(UUID date, int count) {
    execute(
        """
        insert into participants (
          id, organization_id, event_id, occurrence_id, name, locale, status, created_at,
          updated_at, version)
        select gen_random_uuid(), o.organization_id, o.event_id, o.id, 'Bo', 'en', 'pending',
               '2026-01-01', '2026-01-01', 1
        from occurrences o, generate_series(1, ?)
        where o.id = ?
        """,
        count,
        date);
  }

  private UUID series(UUID event, String madeBefore) {
    UUID id = UUID.randomUUID();
    execute(
        """
        insert into series (
          id, organization_id, event_id, local_start, local_end, time_zone, rrule, made_before,
          created_at, updated_at, version)
        values (?, ?, ?, '2026-04-01 10:00', '2026-04-01 11:00', 'UTC', 'FREQ=WEEKLY',
                cast(? as timestamp), '2026-01-01', '2026-01-01', 1)
        """,
        id,
        organization,
        event,
        madeBefore);
    return id;
  }

  private static void execute(String statement, Object... values) {
    owner.useHandle(handle -> handle.execute(statement, values));
  }

  private static String status(String table, UUID id) {
    return text("select status from " + table + " where id = ?", id);
  }

  private static long version(String table, UUID id) {
    return Long.parseLong(text("select cast(version as text) from " + table + " where id = ?", id));
  }

  private static String text(String query, UUID id) {
    return owner.withHandle(
        handle -> handle.createQuery(query).bind(0, id).mapTo(String.class).one());
  }

  private static Instant instant(String query, UUID id) {
    return owner.withHandle(
        handle -> handle.createQuery(query).bind(0, id).mapTo(Instant.class).one());
  }

  private static List<UUID> archived() {
    return owner.withHandle(
        handle ->
            handle
                .createQuery("select id from events where archived_at is not null")
                .mapTo(UUID.class)
                .list());
  }

  private List<String> audited() {
    return owner.withHandle(
        handle ->
            handle
                .createQuery("select action from audit_log where organization_id = ?")
                .bind(0, organization)
                .mapTo(String.class)
                .list());
  }

  private static int count(String from) {
    return owner.withHandle(
        handle -> handle.createQuery("select count(*) from " + from).mapTo(Integer.class).one());
  }
}
