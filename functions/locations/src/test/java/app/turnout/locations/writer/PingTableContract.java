package app.turnout.locations.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.turnout.domain.GeoPoint;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.locations.Ping;
import app.turnout.locations.PingMessage;
import app.turnout.locations.TestTenant;
import app.turnout.locations.arrivals.TestArrivals;
import app.turnout.locations.presence.Presence;
import app.turnout.locations.reactions.TestReactions;
import app.turnout.platform.live.LivePosition;
import app.turnout.platform.live.LiveUpdate;
import app.turnout.platform.reactions.AreaEvent;
import app.turnout.testing.SettableTime;
import app.turnout.testing.TestDatabase;
import app.turnout.testing.TestFunctions;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.micronaut.context.ApplicationContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What writing pings does, whichever form the ping table has.
abstract class PingTableContract {
  static final Instant START = Instant.parse("2019-02-18T10:00:00Z");
  private static final Instant END = Instant.parse("2019-02-18T12:00:00Z");
  private static final Instant RECEIVED = Instant.parse("2019-02-18T09:30:00Z");
  private static final GeoPoint FAR = new GeoPoint(52.1, -8);
  private static final GeoPoint NEAR = new GeoPoint(52.001, -8);

  private final List<ApplicationContext> closedAtTheEnd = new ArrayList<>();
  private ApplicationContext context;
  LocationWriterFunction function;
  TestTenant tenant;
  UUID event;
  UUID participant;

  /// Connections that may do everything.
  abstract DataSource owner();

  /// Connections with a role's rights.
  abstract DataSource as(String role);

  @BeforeEach
  void begin() {
    context = writerContext(as(TestDatabase.JOBS));
    function = new LocationWriterFunction(context);
    tenant = new TestTenant(owner());
    event = tenant.event(START, END);
    participant = tenant.consenting(event);
  }

  static ApplicationContext writerContext(DataSource jobs) {
    return context("location-writer", jobs);
  }

  private static ApplicationContext context(String function, DataSource jobs) {
    return context(function, jobs, LiveQueue.url());
  }

  private static ApplicationContext context(String function, DataSource jobs, String liveUpdates) {
    Map<String, Object> properties = new HashMap<>(TestFunctions.aws());
    properties.put("turnout.function", function);
    properties.put("turnout.testing.time", "settable");
    properties.put("turnout.queues.outbox", TestFunctions.queueUrl("outbox"));
    properties.put("turnout.queues.live-updates", liveUpdates);
    properties.put("datasources.default.enabled", "false");
    return ApplicationContext.builder()
        .deduceEnvironment(false)
        .properties(properties)
        .singletons(jobs)
        .start();
  }

  /// A writer whose updates nobody takes.
  private LocationWriterFunction writerWithoutWatchers() {
    ApplicationContext away = context("location-writer", as(TestDatabase.JOBS), LiveQueue.NOWHERE);
    closedAtTheEnd.add(away);
    return new LocationWriterFunction(away);
  }

  /// What the schedule does at that time.
  private void runArrivals(Instant now) {
    try (ApplicationContext arrivals = context("arrivals", as(TestDatabase.JOBS))) {
      arrivals.getBean(SettableTime.class).set(now);
      TestArrivals.run(arrivals);
    }
  }

  /// Who arrived once nothing more is heard of anybody.
  private List<String> fallSilent() {
    runArrivals(RECEIVED.plus(Presence.SILENCE));
    return arrivals();
  }

  private List<String> whereabouts() {
    return tenant.rows(
        """
        select to_char(arrived_at at time zone 'UTC', 'HH24:MI'),
               to_char(left_at at time zone 'UTC', 'HH24:MI')
        from arrivals
        where participant_id = :participant
        """,
        Map.of("participant", participant));
  }

  @AfterEach
  void end() {
    context.close();
    closedAtTheEnd.forEach(ApplicationContext::close);
  }

  @Test
  void watchersAreToldOnceADateWhereEverybodyIsNow() {
    UUID other = tenant.event(START, END);
    UUID elsewhere = tenant.consenting(other);
    UUID silent = tenant.consenting(event);
    tenant.consent(silent, false);
    Ping full = new Ping(clock("09:05"), FAR, 4.5, -12.25, 13.9, 271.5, 87.0);

    write(
        message(at("09:01"), full, at("09:02")),
        tenant.message(elsewhere, other, RECEIVED, at("09:03")),
        tenant.message(silent, event, RECEIVED, at("09:04")));

    assertThat(LiveQueue.take(event))
        .containsExactly(
            new LiveUpdate.Positions(
                new OrganizationId(tenant.id()),
                new OccurrenceId(event),
                List.of(
                    new LivePosition(
                        new ParticipantId(participant), FAR, 4.5, 271.5, 13.9, clock("09:05")))));
    assertThat(LiveQueue.take(other)).hasSize(1);

    write(message(at("09:04")));
    assertThat(LiveQueue.take(event)).as("of an older position").isEmpty();
  }

  @Test
  void whoCouldNotBeToldIsToldWhenTheMessageComesAgain() {
    SQSEvent batch = batch(message(near("09:01"), near("09:04")));
    String id = batch.getRecords().getFirst().getMessageId();
    LocationWriterFunction unheard = writerWithoutWatchers();

    assertThat(failures(unheard.handleRequest(batch, null))).containsExactly(id);
    assertThat(failures(unheard.handleRequest(batch, null))).containsExactly(id);
    assertThat(recorded()).containsExactly("09:01", "09:04");
    assertThat(arrivals()).containsExactly("09:01");

    assertThat(failures(function.handleRequest(batch, null))).isEmpty();

    assertThat(recorded()).containsExactly("09:01", "09:04");
    assertThat(arrivals()).containsExactly("09:01");
    assertThat(LiveQueue.take(event)).hasSize(1);
  }

  @Test
  void whatIsStoredIsNoDeadLetterForWantOfWatchers() {
    SQSEvent batch = batch(message(at("09:01")));
    batch.getRecords().getFirst().setAttributes(Map.of("ApproximateReceiveCount", "4"));

    assertThat(failures(writerWithoutWatchers().handleRequest(batch, null))).isEmpty();

    assertThat(recorded()).containsExactly("09:01");
  }

  @Test
  void duplicatesInAnyOrderLeaveWhatOneInOrderWould() {
    List<PingMessage> messages = new ArrayList<>();
    for (int minute = 0; minute < 40; minute += 2) {
      Ping one = minute < 30 ? at(minute(minute)) : near(minute(minute));
      Ping two = minute < 30 ? at(minute(minute + 1)) : near(minute(minute + 1));
      messages.add(message(two, one));
      messages.add(message(one));
    }
    Random random = new Random(7);
    for (int round = 0; round < 3; round++) {
      Collections.shuffle(messages, random);
      for (int from = 0; from < messages.size(); from += 7) {
        List<PingMessage> some = messages.subList(from, Math.min(from + 7, messages.size()));
        assertThat(write(some.toArray(PingMessage[]::new))).isEmpty();
      }
    }

    assertThat(recorded()).hasSize(40).doesNotHaveDuplicates();
    assertThat(latest()).containsExactly("09:39");
    assertThat(arrivals()).hasSize(1);
    assertThat(arrivals().getFirst()).isBetween("09:30", "09:37");
  }

  private static String minute(int minute) {
    return "09:%02d".formatted(minute);
  }

  @Test
  void clockThatJumpsLosesNothingAndDoublesNothing() {
    SettableTime time = context.getBean(SettableTime.class);
    List<Duration> jumps = List.of(Duration.ZERO, Duration.ofHours(3), Duration.ofHours(-5));
    for (Duration jump : jumps) {
      time.set(RECEIVED.plus(jump));
      assertThat(
              write(
                  tenant.message(
                      participant, event, RECEIVED.plus(jump), at("09:10"), at("09:11"))))
          .isEmpty();
    }
    write(tenant.message(participant, event, RECEIVED.minusSeconds(7200), at("09:12")));

    assertThat(recorded()).containsExactly("09:10", "09:11", "09:12");
    assertThat(latest()).containsExactly("09:12");
  }

  @Test
  void everythingOfAPingIsStored() {
    Instant recorded = Instant.parse("2019-02-18T09:20:00.123456Z");
    Ping full = new Ping(recorded, FAR, 4.5, -12.25, 13.9, 271.5, 87.0);

    assertThat(write(message(full))).isEmpty();

    assertThat(
            tenant.rows(
                """
                select g.organization_id = :organization, g.occurrence_id = :event,
                       extract(epoch from recorded_at), extract(epoch from received_at), latitude,
                       longitude, accuracy_metres, altitude_metres, speed_metres_per_second,
                       heading_degrees, battery_percent, source
                from pings g
                where participant_id = :participant
                """,
                Map.of("event", event, "participant", participant)))
        .containsExactly(
            "t t 1550481600.123456 1550482200.000000 52.1 -8 4.5 -12.25 13.9 271.5 87 json");
  }

  @Test
  void messageDeliveredTwiceIsStoredOnce() {
    SQSEvent batch = batch(message(at("09:00"), at("09:01")), message(at("09:01"), at("09:02")));

    assertThat(failures(function.handleRequest(batch, null))).isEmpty();
    assertThat(failures(function.handleRequest(batch, null))).isEmpty();

    assertThat(recorded()).containsExactly("09:00", "09:01", "09:02");
  }

  @Test
  void firstReceiptOfAPingIsKept() {
    write(tenant.message(participant, event, RECEIVED, at("09:00")));

    write(tenant.message(participant, event, RECEIVED.plusSeconds(60), at("09:00")));

    assertThat(
            tenant.rows(
                "select received_at = timestamptz '2019-02-18 09:30Z' from pings "
                    + "where participant_id = :participant",
                Map.of("participant", participant)))
        .containsExactly("t");
  }

  @Test
  void latestPositionIsTheNewestWhateverTheOrder() {
    write(message(at("09:05"), at("09:07"), at("09:06")));
    write(message(at("09:01")));
    assertThat(latest()).containsExactly("09:07");

    write(message(at("09:09")), message(at("09:08")));

    assertThat(latest()).containsExactly("09:09");
    assertThat(recorded()).hasSize(6);
  }

  @Test
  void pingsWithoutConsentAreLetGo() {
    UUID neverAsked = tenant.participant(event);
    tenant.consent(participant, false);

    List<String> failed =
        write(message(at("09:00")), tenant.message(neverAsked, event, RECEIVED, at("09:00")));

    assertThat(failed).isEmpty();
    assertThat(
            tenant.rows(
                "select 1 from pings where organization_id = :organization union all select 1 from"
                    + " latest_positions where organization_id = :organization",
                Map.of()))
        .isEmpty();
  }

  @Test
  void whoStaysWithinTheRadiusHasArrivedAtTheFirstOfThosePings() {
    write(message(at("09:40"), near("09:51")));
    assertThat(arrivals()).isEmpty();

    write(message(near("09:52")));
    assertThat(arrivals()).isEmpty();
    write(message(near("09:53")));

    assertThat(arrivals()).containsExactly("09:51");
    assertThat(status()).containsExactly("pending null");
  }

  @Test
  void arrivalIsMarkedOnce() {
    write(message(near("09:53"), near("09:51")));
    assertThat(arrivals()).containsExactly("09:51");

    write(message(near("09:49"), near("09:50"), near("09:58")));
    write(message(near("09:53"), near("09:51")));

    assertThat(arrivals()).containsExactly("09:51");
  }

  @Test
  void whoPassesByHasNotArrived() {
    write(message(at("09:50"), near("09:51")));
    write(message(near("09:52"), at("09:53")));
    write(message(near("09:54"), at("09:55"), near("09:56"), at("09:57")));

    assertThat(arrivals()).isEmpty();
    assertThat(fallSilent()).isEmpty();
  }

  @Test
  void pingsInTheWrongOrderMakeTheSameArrival() {
    write(message(near("09:53")));
    write(message(at("09:50")));
    write(message(at("09:52")));
    write(message(near("09:51")));
    assertThat(arrivals()).isEmpty();

    write(message(near("09:56")));
    write(message(near("09:54")));

    assertThat(arrivals()).containsExactly("09:53");
  }

  @Test
  void noiseAtTheEdgeNeitherEndsAStayNorMakesOne() {
    // 200 m away, where 150 m is the radius and 225 m is outside.
    GeoPoint edge = new GeoPoint(52.0018, -8);
    write(message(ping("09:49", edge), ping("09:51", edge), ping("09:53", edge)));
    assertThat(arrivals()).isEmpty();

    write(message(near("09:54"), ping("09:55", edge), near("09:56")));

    assertThat(arrivals()).containsExactly("09:54");
  }

  @Test
  void pingThatMayBeAnywhereSaysNothing() {
    Ping vagueInside = new Ping(clock("09:50"), NEAR, 900.0, null, null, null, null);
    Ping vagueOutside = new Ping(clock("09:53"), FAR, 2_000.0, null, null, null, null);

    write(message(vagueInside, near("09:52"), vagueOutside, near("09:54")));

    assertThat(arrivals()).containsExactly("09:52");
  }

  @Test
  void whoLeavesIsSeenToLeaveAndToComeBack() {
    write(message(near("09:50"), near("09:52")));
    assertThat(whereabouts()).containsExactly("09:50 null");

    write(message(at("10:00")));
    write(message(at("10:01")));
    assertThat(whereabouts()).containsExactly("09:50 null");
    write(message(at("10:02")));
    assertThat(whereabouts()).containsExactly("09:50 10:00");
    write(message(at("10:05")));
    assertThat(whereabouts()).containsExactly("09:50 10:00");

    write(message(near("10:10")));
    assertThat(whereabouts()).containsExactly("09:50 null");
  }

  @Test
  void wholeVisitThatComesAtOnceIsSeen() {
    write(message(at("09:40"), near("09:50"), near("09:55"), at("10:00"), at("10:10")));

    assertThat(whereabouts()).containsExactly("09:50 10:00");
  }

  @Test
  void phoneThatFallsSilentInsideHasArrived() {
    tenant.execute(
        "update events set check_in_on_arrival = true where id = :event", Map.of("event", event));
    UUID passing = tenant.consenting(event);
    UUID withdrawn = tenant.consenting(event);
    write(
        message(at("09:20"), near("09:28")),
        tenant.message(passing, event, RECEIVED, near("09:28"), at("09:29")),
        tenant.message(withdrawn, event, RECEIVED, near("09:28")));
    tenant.consent(withdrawn, false);

    runArrivals(RECEIVED.plus(Presence.SILENCE).minusSeconds(1));
    assertThat(arrivals()).isEmpty();
    runArrivals(RECEIVED.plus(Presence.SILENCE));
    runArrivals(RECEIVED.plus(Presence.SILENCE).plusSeconds(60));

    assertThat(status()).containsExactly("checked_in 2019-02-18 09:28:00+00");
    assertThat(
            tenant.rows(
                "select count(*) from arrivals where organization_id = :organization", Map.of()))
        .containsExactly("1");
  }

  @Test
  void arrivalIsOfTheAreaWhereTheEventHasNoPositionOfItsOwn() {
    UUID area = UUID.randomUUID();
    tenant.execute(
        """
        insert into areas (
          id, organization_id, name, latitude, longitude, created_at, updated_at, version)
        values (:area, :organization, 'Hall', 52.1, -8, :created, :created, 1)
        """,
        Map.of("area", area));
    tenant.execute(
        "update events set area_id = :area, latitude = null, longitude = null where id = :event",
        Map.of("area", area, "event", event));

    write(message(near("09:40"), at("09:50"), at("09:52")));

    assertThat(arrivals()).containsExactly("09:50");
  }

  @Test
  void nobodyArrivesWhereThereIsNoPosition() {
    tenant.execute(
        "update events set latitude = null, longitude = null where id = :event",
        Map.of("event", event));

    write(message(near("09:40"), near("09:43")));

    assertThat(recorded()).containsExactly("09:40", "09:43");
    assertThat(arrivals()).isEmpty();
  }

  @Test
  void arrivalChecksInWhereTheEventSaysSo() {
    tenant.execute(
        "update events set check_in_on_arrival = true where id = :event", Map.of("event", event));
    UUID denied = tenant.consenting(event);
    tenant.execute(
        "update participants set status = 'denied' where id = :participant",
        Map.of("participant", denied));

    write(
        message(near("09:51"), near("09:53")),
        tenant.message(denied, event, RECEIVED, near("09:52"), near("09:54")));

    assertThat(status()).containsExactly("checked_in 2019-02-18 09:51:00+00");
    assertThat(
            tenant.rows(
                "select status from participants where id = :participant",
                Map.of("participant", denied)))
        .containsExactly("denied");
    write(message(near("09:51"), near("09:53")));
    assertThat(
            tenant.rows(
                """
                select actor_kind || ' ' || action || ' ' || (before ->> 'status')
                from audit_log
                where subject_id = :participant
                """,
                Map.of("participant", participant)))
        .containsExactly("system participant.checked_in pending");
  }

  @Test
  void whoIsKnownOnlyAfterTheEndToHaveArrivedIsCheckedIn() {
    tenant.execute(
        "update events set check_in_on_arrival = true where id = :event", Map.of("event", event));
    tenant.execute(
        "update participants set status = 'no_show' where id = :participant",
        Map.of("participant", participant));

    write(message(near("09:51"), near("09:53")));

    assertThat(status()).containsExactly("checked_in 2019-02-18 09:51:00+00");
  }

  @Test
  void poisonMessagesFailAlone() {
    SQSEvent batch = batch(message(at("09:00")), message(at("09:01")));
    UUID other = tenant.event(START, END);
    TestTenant foreign = new TestTenant(owner());
    add(batch, "no-json", "{\"v\":1,");
    add(batch, "no-object", "[]");
    add(batch, "no-version", "{\"pings\":[]}");
    add(batch, "off-the-globe", message(at("09:02")).toJson().replace("52.1", "520.1"));
    add(batch, "not-finite", message(at("09:02")).toJson().replace("52.1", "1e999"));
    add(batch, "other-date", tenant.message(participant, other, RECEIVED, at("09:04")).toJson());
    add(batch, "other-tenant", foreign.message(participant, event, RECEIVED, at("09:05")).toJson());
    add(batch, "good", message(at("09:06")).toJson());

    SQSBatchResponse response = function.handleRequest(batch, null);

    assertThat(failures(response))
        .containsExactlyInAnyOrder(
            "no-json",
            "no-object",
            "no-version",
            "off-the-globe",
            "not-finite",
            "other-date",
            "other-tenant");
    assertThat(recorded()).containsExactly("09:00", "09:01", "09:06");
  }

  @Test
  void whatWasUnderWayWhenSomebodyWasRemovedIsLetGo() {
    UUID removed = UUID.randomUUID();
    SQSEvent batch = batch(tenant.message(removed, event, RECEIVED, at("09:03")));
    add(batch, "good", message(at("09:06")).toJson());

    assertThat(failures(function.handleRequest(batch, null))).isEmpty();

    assertThat(recorded()).containsExactly("09:06");
    SQSEvent only = batch(tenant.message(removed, event, RECEIVED, at("09:03")));
    assertThat(failures(function.handleRequest(only, null))).isEmpty();
  }

  @Test
  void messageThatTheDatabaseRefusesFailsAlone() {
    SQSEvent batch = batch(message(at("09:00")));
    Ping beforeTheCalendar =
        new Ping(Instant.parse("-010000-01-01T00:00:00Z"), FAR, null, null, null, null, null);
    add(batch, "refused", message(at("09:03"), beforeTheCalendar).toJson());
    add(batch, "good", message(at("09:01")).toJson());

    assertThat(failures(function.handleRequest(batch, null))).containsExactly("refused");

    assertThat(recorded()).containsExactly("09:00", "09:01");
  }

  @Test
  void applicationReadsPingsOfItsTenantByTheViewAndNothingElse() throws SQLException {
    TestTenant foreign = new TestTenant(owner());
    UUID foreignEvent = foreign.event(START, END);
    UUID foreignParticipant = foreign.consenting(foreignEvent);
    write(message(near("09:00"), near("09:03")));
    write(
        foreign.message(foreignParticipant, foreignEvent, RECEIVED, near("09:00"), near("09:03")));
    owned("select summarize_pings('2019-02-18 09:00Z', '2019-02-18 10:00Z')");

    List<String> partitions = partitions();

    try (Connection app = as(TestDatabase.APP).getConnection()) {
      app.setAutoCommit(false);
      for (String seen : List.of("tenant_pings", "latest_positions", "arrivals", "ping_hours")) {
        assertThat(count(app, seen)).as(seen + " before entering").isZero();
      }
      app.rollback();
      enter(app);
      assertThat(count(app, "tenant_pings")).isEqualTo(2);
      for (String seen : List.of("latest_positions", "arrivals", "ping_hours")) {
        assertThat(count(app, seen)).as(seen).isOne();
      }
      app.rollback();
      List<String> refused =
          new ArrayList<>(
              List.of(
                  "select from pings",
                  "insert into pings select * from tenant_pings",
                  "insert into tenant_pings select * from tenant_pings",
                  "delete from tenant_pings",
                  "update latest_positions set latitude = 0",
                  "delete from arrivals",
                  "insert into ping_hours select * from ping_hours",
                  "select summarize_pings('-infinity', 'infinity')",
                  "select make_ping_partitions('2019-02-18', '2019-02-19')",
                  "select drop_ping_partitions('2000-01-01')",
                  "select compress_pings('2000-01-01')",
                  "select count_pings_without_partition()"));
      for (String partition : partitions) {
        refused.add("select from " + partition);
      }
      for (String statement : refused) {
        enter(app);
        assertThatThrownBy(() -> run(app, statement), statement)
            .hasMessageContaining("permission denied");
        app.rollback();
      }
    }
  }

  @Test
  void viewDoesNotLeakByAFunctionOfTheCaller() throws SQLException {
    TestTenant foreign = new TestTenant(owner());
    UUID foreignEvent = foreign.event(START, END);
    UUID foreignParticipant = foreign.consenting(foreignEvent);
    write(foreign.message(foreignParticipant, foreignEvent, RECEIVED, at("09:00")));
    write(message(at("09:01")));

    try (Connection app = as(TestDatabase.APP).getConnection()) {
      app.setAutoCommit(false);
      enter(app);
      // Division by zero for the other tenant's rows, were they looked at before the view's own
      // condition.
      assertThat(
              count(
                  app,
                  "tenant_pings where 1 / (case when participant_id = '%s' then 0 else 1 end) = 1"
                      .formatted(foreignParticipant)))
          .isOne();
      app.rollback();
    }
  }

  @Test
  void hoursAreSummarizedAndStayWhenTheirPingsAreDropped() throws SQLException {
    Ping slow = new Ping(time("2001-02-03T09:10:00Z"), FAR, null, null, 3.0, null, null);
    Ping fast = new Ping(time("2001-02-03T09:50:00Z"), NEAR, null, null, 9.0, null, null);
    Ping next = new Ping(time("2001-02-03T10:00:00Z"), FAR, null, null, null, null, null);
    write(message(next, fast, slow));
    write(message(new Ping(time("2001-02-04T00:00:00Z"), FAR, null, null, null, null, null)));

    owned("select make_ping_partitions('2001-02-02', '2001-02-05')");
    owned("select summarize_pings('2001-02-03 09:00Z', '2001-02-03 10:00Z')");
    assertThat(hours()).containsExactly("2001-02-03 09:00 2 09:10 09:50 52.001 9");

    // Late: its hour was summed up before.
    write(message(new Ping(time("2001-02-03T09:59:00Z"), FAR, null, null, null, null, null)));
    owned("select drop_ping_partitions('2001-02-04')");
    owned("select drop_ping_partitions('2001-02-04')");

    assertThat(hours())
        .containsExactly(
            "2001-02-03 09:00 3 09:10 09:59 null 9", "2001-02-03 10:00 1 10:00 10:00 null null");
    assertThat(recorded()).containsExactly("00:00");
    owned("select drop_ping_partitions('2001-02-05')");
    assertThat(recorded()).isEmpty();
    assertThat(hours()).hasSize(3);
  }

  @Test
  void pingForADayWithoutPartitionIsStored() throws SQLException {
    Instant late = time("2003-03-03T23:59:59.999999Z");
    Ping ping = new Ping(late, FAR, null, null, null, null, null);
    assertThat(write(message(ping))).isEmpty();
    assertThat(write(message(ping))).isEmpty();
    assertThat(recorded()).hasSize(1);

    owned("select make_ping_partitions('2003-03-02', '2003-03-05')");
    owned("select make_ping_partitions('2003-03-02', '2003-03-05')");

    assertThat(recorded()).hasSize(1);
    assertThat(value("select count_pings_without_partition()")).isEqualTo("0");
    assertThat(write(message(ping))).isEmpty();
    assertThat(recorded()).hasSize(1);
  }

  @Test
  void compressedDaysStillTakeLatePings() throws SQLException {
    Ping first = new Ping(time("2004-03-03T08:00:00Z"), FAR, null, null, null, null, null);
    Ping second = new Ping(time("2004-03-03T08:01:00Z"), FAR, null, null, null, null, null);
    write(message(first));

    owned("select compress_pings('2004-03-05')");
    owned("select compress_pings('2004-03-05')");

    assertThat(write(message(first, second))).isEmpty();
    assertThat(recorded()).hasSize(2);
  }

  @Test
  void withdrawnConsentErasesPingsWhereverTheyLie() throws SQLException {
    UUID other = tenant.consenting(event);
    Ping compressed = new Ping(time("2006-03-03T08:00:00Z"), FAR, null, null, null, null, null);
    Ping later = new Ping(time("2006-03-03T08:01:00Z"), FAR, null, null, null, null, null);
    Ping withoutPartition =
        new Ping(time("2007-03-03T08:00:00Z"), FAR, null, null, null, null, null);
    for (UUID each : List.of(participant, other)) {
      write(tenant.message(each, event, RECEIVED, compressed, later));
    }
    owned("select make_ping_partitions('2006-03-03', '2006-03-03')");
    owned("select compress_pings('2006-03-05')");
    owned("select summarize_pings('2006-03-03 08:00Z', '2006-03-03 09:00Z')");
    for (UUID each : List.of(participant, other)) {
      write(
          tenant.message(
              each, event, RECEIVED, withoutPartition, near("09:00"), near("09:03"), at("09:04")));
    }
    assertThat(kept(participant)).containsExactly("6 1 1 1");

    UUID withdrawal = tenant.withdraw(participant, RECEIVED);
    reactToWithdrawal(withdrawal);
    reactToWithdrawal(withdrawal);

    assertThat(kept(participant)).containsExactly("0 0 0 0");
    assertThat(kept(other)).containsExactly("6 1 1 1");
    assertThat(
            tenant.rows(
                """
                select s.area, s.erased_rows ->> 'pings', s.erased_rows ->> 'ping_hours',
                       s.erased_rows ->> 'latest_positions', s.erased_rows ->> 'arrivals',
                       w.completed_at is not null
                from consent_withdrawals w
                join consent_withdrawal_steps s on s.withdrawal_id = w.id
                where w.id = :withdrawal
                """,
                Map.of("withdrawal", withdrawal)))
        .containsExactly("locations 6 1 1 1 t");
    owned("select summarize_pings('2006-03-03 08:00Z', '2006-03-03 09:00Z')");
    assertThat(kept(participant)).containsExactly("0 0 0 0");
  }

  @Test
  void whatIsFromBeforeAWithdrawalIsNotStoredAfterANewConsent() {
    Instant again = RECEIVED.plusSeconds(600);
    PingMessage inFlight = message(at("09:25"));
    tenant.withdraw(participant, RECEIVED.plusSeconds(1));
    write(inFlight);
    tenant.consentAgain(participant, again);

    write(inFlight);
    write(
        tenant.message(
            participant,
            event,
            again.plusSeconds(120),
            // Kept by the phone from before the withdrawal, and from when there was no consent.
            at("09:29"),
            at("09:35"),
            at("09:41")));

    assertThat(recorded()).containsExactly("09:41");
    assertThat(latest()).containsExactly("09:41");
  }

  @Test
  void erasureThatComesLateSparesWhatWasTakenSinceANewConsent() throws SQLException {
    Instant again = RECEIVED.plusSeconds(600);
    write(message(near("09:20"), near("09:24")));
    owned("select summarize_pings('2019-02-18 09:00Z', '2019-02-18 10:00Z')");
    UUID withdrawal = tenant.withdraw(participant, RECEIVED.plusSeconds(1));
    tenant.consentAgain(participant, again);
    write(tenant.message(participant, event, again.plusSeconds(60), at("09:41")));

    reactToWithdrawal(withdrawal);

    assertThat(recorded()).containsExactly("09:41");
    assertThat(kept(participant)).containsExactly("1 0 1 0");
  }

  @Test
  void positionsOfRemovedPeopleGoWhereverTheyLie() throws SQLException {
    Ping old = new Ping(time("2008-03-03T08:00:00Z"), FAR, null, null, null, null, null);
    write(message(old, at("09:00")));
    owned("select compress_pings('2008-03-05')");

    react(
        new AreaEvent(
            "participant_removed",
            Map.of(
                "participant_id",
                participant.toString(),
                "organization_id",
                tenant.id().toString())));

    assertThat(kept(participant)).containsExactly("0 0 0 0");
  }

  /// How many pings, summaries, latest positions and arrivals.
  private List<String> kept(UUID whose) {
    return tenant.rows(
        """
        select (select count(*) from pings where participant_id = :whose),
               (select count(*) from ping_hours where participant_id = :whose),
               (select count(*) from latest_positions where participant_id = :whose),
               (select count(*) from arrivals where participant_id = :whose)
        """,
        Map.of("whose", whose));
  }

  private void reactToWithdrawal(UUID withdrawal) {
    react(
        new AreaEvent(
            "consent_withdrawn",
            Map.of(
                "withdrawal_id",
                withdrawal.toString(),
                "participant_id",
                participant.toString(),
                "organization_id",
                tenant.id().toString())));
  }

  private void react(AreaEvent event) {
    try (ApplicationContext reactions = context("locations-events", as(TestDatabase.JOBS))) {
      TestReactions.handle(reactions, event);
    }
  }

  List<String> write(PingMessage... messages) {
    return failures(function.handleRequest(batch(messages), null));
  }

  static SQSEvent batch(PingMessage... messages) {
    SQSEvent batch = new SQSEvent();
    batch.setRecords(new ArrayList<>());
    for (PingMessage message : messages) {
      add(batch, UUID.randomUUID().toString(), message.toJson());
    }
    return batch;
  }

  private static void add(SQSEvent batch, String id, String body) {
    SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
    message.setMessageId(id);
    message.setBody(body);
    batch.getRecords().add(message);
  }

  static List<String> failures(SQSBatchResponse response) {
    return response.getBatchItemFailures().stream()
        .map(SQSBatchResponse.BatchItemFailure::getItemIdentifier)
        .toList();
  }

  PingMessage message(Ping... pings) {
    return tenant.message(participant, event, RECEIVED, pings);
  }

  /// Far from the place, on the day of the event.
  static Ping at(String clock) {
    return ping(clock, FAR);
  }

  static Ping near(String clock) {
    return ping(clock, NEAR);
  }

  static Instant clock(String clock) {
    return time("2019-02-18T" + clock + ":00Z");
  }

  private static Ping ping(String clock, GeoPoint position) {
    return new Ping(clock(clock), position, null, null, null, null, null);
  }

  private static Instant time(String text) {
    return Instant.parse(text);
  }

  List<String> recorded() {
    return clocks("select recorded_at from pings where participant_id = :participant");
  }

  private List<String> latest() {
    return clocks("select recorded_at from latest_positions where participant_id = :participant");
  }

  private List<String> arrivals() {
    return clocks("select arrived_at from arrivals where participant_id = :participant");
  }

  private List<String> clocks(String query) {
    return tenant.rows(
        "select to_char(t.at at time zone 'UTC', 'HH24:MI') from (%s) as t (at) order by t.at"
            .formatted(query),
        Map.of("participant", participant));
  }

  private List<String> status() {
    return tenant.rows(
        "select status, checked_in_at from participants where id = :participant",
        Map.of("participant", participant));
  }

  private List<String> hours() {
    return tenant.rows(
        """
        select to_char(hour at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), pings,
               to_char(first_recorded_at at time zone 'UTC', 'HH24:MI'),
               to_char(last_recorded_at at time zone 'UTC', 'HH24:MI'), last_latitude,
               top_speed_metres_per_second
        from ping_hours
        where participant_id = :participant
        order by hour
        """,
        Map.of("participant", participant));
  }

  private List<String> partitions() {
    return tenant.rows(
        "select inhrelid::regclass from pg_inherits where inhparent = 'pings'::regclass", Map.of());
  }

  private void owned(String statement) throws SQLException {
    try (Connection connection = as(TestDatabase.JOBS).getConnection()) {
      run(connection, statement);
    }
  }

  private String value(String query) throws SQLException {
    try (Connection connection = as(TestDatabase.JOBS).getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private void enter(Connection app) throws SQLException {
    run(app, "select set_config('app.organization', '" + tenant.id() + "', true)");
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long count(Connection connection, String from) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from " + from)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
