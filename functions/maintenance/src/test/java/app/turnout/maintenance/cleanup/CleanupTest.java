package app.turnout.maintenance.cleanup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.turnout.platform.lambda.CallFailedException;
import app.turnout.testing.SettableTime;
import app.turnout.testing.TestDatabase;
import app.turnout.testing.TestFunctions;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import io.micronaut.context.ApplicationContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CleanupTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final Instant NOW = Instant.parse("2019-02-18T07:30:00Z");

  private ApplicationContext context;
  private CleanupFunction function;
  private Jdbi owner;

  @BeforeEach
  void start() {
    Map<String, Object> properties =
        new HashMap<>(TestFunctions.properties("cleanup", DATABASE, TestDatabase.JOBS));
    properties.putAll(TestFunctions.aws());
    properties.put("turnout.queues.outbox", TestFunctions.queueUrl("outbox"));
    properties.put("turnout.metrics.namespace", "Turnout/test");
    context = ApplicationContext.builder().deduceEnvironment(false).properties(properties).start();
    context.getBean(SettableTime.class).set(NOW);
    function = new CleanupFunction(context);
    owner = Jdbi.create(DATABASE.owner());
    owner.useHandle(
        handle ->
            handle.execute(
                "truncate pings, ping_hours, idempotency_keys, users, organizations cascade"));
  }

  @AfterEach
  void stop() {
    context.close();
  }

  @Test
  void partitionsStandFromTwoDaysAgoToAWeekAhead() {
    run();

    assertThat(partitions()).contains("pings_2019_02_16", "pings_2019_02_25", "pings_default");
    assertThat(partitions()).doesNotContain("pings_2019_02_15", "pings_2019_02_26");

    context.getBean(SettableTime.class).set(Instant.parse("2019-02-19T00:00:00Z"));
    run();
    assertThat(partitions()).contains("pings_2019_02_16", "pings_2019_02_26");
  }

  @Test
  void pingsOlderThanNinetyDaysGoAndTheirHoursStay() {
    UUID participant = participant();
    ping(participant, "2018-11-19T23:59:59Z");
    ping(participant, "2018-11-20T00:00:00Z");
    ping(participant, "2019-02-18T06:59:59Z");
    ping(participant, "2019-02-18T07:00:00Z");

    run();
    run();

    assertThat(list("select recorded_at from pings order by 1"))
        .containsExactly(
            "2018-11-20 00:00:00+00", "2019-02-18 06:59:59+00", "2019-02-18 07:00:00+00");
    assertThat(list("select hour from ping_hours order by 1"))
        .containsExactly("2018-11-19 23:00:00+00", "2019-02-18 06:00:00+00");
  }

  @Test
  void pingsThatFoundNoPartitionAreCountedAndGetOne() {
    UUID participant = participant();
    ping(participant, "2019-01-31T10:00:00Z");

    String first = output(this::run);
    String second = output(this::run);

    assertThat(metric(first))
        .contains(
            "{\"Name\":\"PingsWithoutPartition\",\"Unit\":\"Count\"}",
            "\"PingsWithoutPartition\":1,");
    assertThat(metric(second)).contains("\"PingsWithoutPartition\":0,");
    assertThat(partitions()).contains("pings_2019_01_31");
  }

  @Test
  void expiredRowsGoAndOthersStay() {
    owner.useHandle(
        handle -> {
          handle.execute(
              """
              insert into idempotency_keys (caller, key, request_hash, created_at)
              values ('a', 'old', '', '2019-02-17 07:29:59Z'), ('a', 'new', '', '2019-02-17 07:30Z')
              """);
          handle.execute(
              """
              insert into users (id, email, name, locale, password_hash, created_at, updated_at)
              values (gen_random_uuid(), 'a@example.com', 'A', 'en', '', '2019-01-01', '2019-01-01')
              """);
          handle.execute(
              """
              insert into sessions (
                id, user_id, generation, token_hash, created_at, rotated_at, expires_at, revoked_at,
                revoked_because)
              select gen_random_uuid(), u.id, 1, '', '2019-01-01', '2019-01-01', t.at, t.revoked_at,
                     t.name
              from users u,
                   (values (timestamptz '2019-02-18 07:29:59Z', null, 'expired'),
                           (timestamptz '2019-02-18 07:30:00Z', null, 'open'),
                           (timestamptz '2019-02-20 07:30:00Z', timestamptz '2019-01-02', 'revoked'))
                     as t (at, revoked_at, name)
              """);
        });

    run();

    assertThat(list("select key from idempotency_keys")).containsExactly("new");
    assertThat(list("select revoked_because from sessions order by 1"))
        .containsExactly("open", "revoked");
  }

  @Test
  void invitationsGoThirtyDaysAfterTheyExpired() {
    UUID organization = UUID.randomUUID();
    owner.useHandle(
        handle -> {
          handle.execute(
              """
              insert into organizations (id, name, type, plan, created_at, updated_at, version)
              values (?, 'o', 'event', 'free', now(), now(), 1)
              """,
              organization);
          for (String until : List.of("2019-01-19 07:29:59Z", "2019-01-19 07:30:00Z")) {
            handle.execute(
                """
                insert into invitations (
                  id, organization_id, email, role, locale, generation, token_hash, invited_by,
                  created_at, sent_at, expires_at)
                values (
                  gen_random_uuid(), ?, ?, 'org_viewer', 'en', 1, '', gen_random_uuid(),
                  now(), now(), cast(? as timestamptz))
                """,
                organization,
                until,
                until);
          }
        });

    run();

    assertThat(list("select email from invitations")).containsExactly("2019-01-19 07:30:00Z");
  }

  @Test
  void accountsThatWereLeftGoAfterThirtyDays() {
    owner.useHandle(
        handle -> {
          handle.execute(
              """
              insert into users (
                id, email, name, locale, created_at, updated_at, deactivated_at)
              values ('018f0000-0000-7000-8000-00000000000a', 'gone@example.com', 'Gone', 'en',
                      '2018-01-01', '2018-01-01', '2019-01-19 07:29:59Z'),
                     ('018f0000-0000-7000-8000-00000000000b', 'back@example.com', 'Back', 'en',
                      '2018-01-01', '2018-01-01', '2019-01-19 07:30:00Z')
              """);
          handle.execute(
              """
              insert into password_resets (id, user_id, token_hash, created_at, expires_at)
              select gen_random_uuid(), id, '', '2019-02-18', '2019-02-18 07:29:59Z' from users
              """);
          handle.execute(
              """
              insert into email_changes (
                id, user_id, old_email, new_email, token_hash, created_at, expires_at)
              select gen_random_uuid(), id, email, 'new@example.com', '', at, at
              from users, (values (timestamptz '2019-02-11 07:29:59Z'), ('2019-02-11 07:30Z')) t (at)
              """);
          handle.execute(
              """
              insert into audit_log (
                id, actor_kind, actor_id, action, subject_kind, subject_id, after, happened_at,
                source_address)
              select gen_random_uuid(), 'user', id, 'profile.updated', 'user', id,
                     jsonb_build_object('name', name), '2019-01-01', '192.0.2.1'
              from users
              where deactivated_at is not null
              """);
        });

    run();

    assertThat(list("select name from users where deactivated_at is not null"))
        .containsExactly("Back");
    assertThat(
            list(
                "select after ->> 'name' || ' ' || coalesce(source_address, '') from audit_log"
                    + " order by subject_id"))
        .containsExactly("[erased] ", "Back 192.0.2.1");
    assertThat(list("select id::text from password_resets")).isEmpty();
    assertThat(list("select old_email from email_changes where old_email = 'back@example.com'"))
        .hasSize(1);
    assertThat(list("select old_email from email_changes where old_email = 'gone@example.com'"))
        .isEmpty();
  }

  @Test
  void stepThatFailsLeavesTheOthersDone() {
    owner.useHandle(
        handle ->
            handle.execute(
                "revoke execute on function summarize_pings(timestamptz, timestamptz) "
                    + "from turnout_jobs"));
    try {
      owner.useHandle(
          handle ->
              handle.execute(
                  "insert into idempotency_keys (caller, key, request_hash, created_at) "
                      + "values ('a', 'old', '', '2019-01-01')"));

      assertThatThrownBy(this::run).isInstanceOf(CallFailedException.class);

      assertThat(list("select key from idempotency_keys")).isEmpty();
    } finally {
      owner.useHandle(
          handle ->
              handle.execute(
                  "grant execute on function summarize_pings(timestamptz, timestamptz) "
                      + "to turnout_jobs"));
    }
  }

  /// As EventBridge sends it, read as Lambda reads it.
  private void run() {
    String event =
        """
        {"version":"0","id":"53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa","detail-type":"Scheduled Event",
         "source":"aws.events","account":"123456789012","time":"2019-02-18T07:30:00Z",
         "region":"eu-central-1","resources":["arn:aws:events:eu-central-1:123456789012:rule/any"],
         "detail":{}}
        """;
    function.handleRequest(
        LambdaEventSerializers.serializerFor(
                ScheduledEvent.class, CleanupTest.class.getClassLoader())
            .fromJson(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8))),
        null);
  }

  private UUID participant() {
    UUID id = UUID.randomUUID();
    owner.useHandle(
        handle -> {
          for (String statement :
              new String[] {
                """
                insert into organizations (id, name, type, plan, created_at, updated_at, version)
                values (:id, 'UL', 'school', 'free', '2019-01-01', '2019-01-01', 1)
                """,
                """
                insert into events (
                  id, organization_id, title, type, status, visibility, arrival_radius_metres,
                  time_zone, tracking_opens_minutes_before, check_in_on_arrival, created_by,
                  created_at, updated_at, version)
                values (
                  :id, :id, 'Lecture', 'demand', 'scheduled', 'private', 150, 'UTC', 60, false, :id,
                  '2019-01-01', '2019-01-01', 1)
                """,
                """
                insert into occurrences (
                  id, organization_id, event_id, original_start, local_start, local_end, time_zone,
                  starts_at, ends_at, status, created_at, updated_at, version)
                values (
                  :id, :id, :id, '2019-02-18', '2019-02-18', '2019-02-19', 'UTC', '2019-02-18',
                  '2019-02-19', 'scheduled', '2019-01-01', '2019-01-01', 1)
                """,
                """
                insert into participants (
                  id, organization_id, event_id, occurrence_id, name, locale, status, created_at,
                  updated_at, version)
                values (
                  :id, :id, :id, :id, 'Brendan', 'en', 'pending', '2019-01-01', '2019-01-01', 1)
                """
              }) {
            handle.createUpdate(statement).bind("id", id).execute();
          }
        });
    return id;
  }

  private void ping(UUID participant, String recordedAt) {
    owner.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into pings (
                      organization_id, occurrence_id, participant_id, recorded_at, received_at,
                      latitude, longitude, source)
                    values (
                      :id, :id, :id, cast(:at as timestamptz), cast(:at as timestamptz), 52, -8,
                      'json')
                    """)
                .bind("id", participant)
                .bind("at", recordedAt)
                .execute());
  }

  private List<String> partitions() {
    return list(
        "select inhrelid::regclass::text from pg_inherits where inhparent = 'pings'::regclass");
  }

  private List<String> list(String query) {
    return owner.withHandle(handle -> handle.createQuery(query).mapTo(String.class).list());
  }

  private static String output(Runnable work) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String metric(String output) {
    return output.lines().filter(line -> line.contains("_aws")).findFirst().orElse("");
  }
}
