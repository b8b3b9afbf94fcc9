package app.turnout.locations.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.turnout.locations.Ping;
import app.turnout.locations.PingMessage;
import app.turnout.platform.lambda.CallFailedException;
import app.turnout.testing.TestDatabase;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.micronaut.context.ApplicationContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

/// PostgreSQL's own partitions; and what takes several connections to see.
@Timeout(120)
class NativePingTableTest extends PingTableContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  DataSource owner() {
    return DATABASE.owner();
  }

  @Override
  DataSource as(String role) {
    return DATABASE.as(role);
  }

  @Test
  void concurrentWritersStoreEachPingOnceAndNeverBlockEachOtherForGood() throws Exception {
    List<UUID> participants = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      participants.add(tenant.consenting(event));
    }
    List<Callable<List<String>>> writers = new ArrayList<>();
    for (int writer = 0; writer < 6; writer++) {
      List<PingMessage> messages = new ArrayList<>();
      for (UUID one : participants) {
        messages.add(tenant.message(one, event, START, minutes(writer % 2 == 0)));
      }
      Collections.shuffle(messages, new java.util.Random(writer));
      SQSEvent batch = batch(messages.toArray(PingMessage[]::new));
      writers.add(() -> failures(function.handleRequest(batch, null)));
    }

    try (ExecutorService threads = Executors.newFixedThreadPool(writers.size())) {
      for (Future<List<String>> written : threads.invokeAll(writers)) {
        assertThat(written.get()).isEmpty();
      }
    }

    assertThat(
            tenant.rows(
                "select count(*), count(distinct (participant_id, recorded_at)) from pings "
                    + "where organization_id = :organization",
                Map.of()))
        .containsExactly("1200 1200");
    assertThat(
            tenant.rows(
                "select count(*) from latest_positions "
                    + "where organization_id = :organization and recorded_at = '2019-02-18 09:59Z'",
                Map.of()))
        .containsExactly("20");
  }

  private static Ping[] minutes(boolean forwards) {
    return IntStream.range(0, 60)
        .map(minute -> forwards ? minute : 59 - minute)
        .mapToObj(minute -> at("09:%02d".formatted(minute)))
        .toArray(Ping[]::new);
  }

  @Test
  void withdrawalStopsWhatIsInFlight() throws Exception {
    try (Connection withdrawing = owner().getConnection();
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      withdrawing.setAutoCommit(false);
      try (Statement statement = withdrawing.createStatement()) {
        statement.execute(
            "update consents set granted = false where participant_id = '" + participant + "'");
      }

      Future<List<String>> written = threads.submit(() -> write(message(at("09:00"))));
      awaitWaitingWriter();
      withdrawing.commit();

      assertThat(written.get()).isEmpty();
    }
    assertThat(recorded()).isEmpty();
  }

  @Test
  void writerKilledBeforeItsCommitLeavesNothingAndMaySimplyBeRepeated() throws Exception {
    try (Connection blocking = owner().getConnection();
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      blocking.setAutoCommit(false);
      try (Statement statement = blocking.createStatement()) {
        // The writer has stored the ping when it comes to the participant.
        statement.execute("update participants set id = id where id = '" + participant + "'");
        tenant.execute(
            "update events set check_in_on_arrival = true where id = :event",
            Map.of("event", event));
      }
      Future<List<String>> written =
          threads.submit(() -> write(message(near("09:00"), near("09:03"))));
      awaitWaitingWriter();
      tenant.rows(
          "select pg_terminate_backend(pid) from pg_stat_activity "
              + "where datname = current_database() and usename = 'turnout_jobs'",
          Map.of());
      assertThatThrownBy(written::get).isInstanceOf(ExecutionException.class);
      blocking.rollback();
    }
    assertThat(recorded()).isEmpty();

    assertThat(write(message(near("09:00")))).isEmpty();

    assertThat(recorded()).containsExactly("09:00");
  }

  @Test
  void wholeBatchFailsWhileTheDatabaseIsAway() {
    PGSimpleDataSource nobody = new PGSimpleDataSource();
    nobody.setUrl("jdbc:postgresql://127.0.0.1:1/turnout");
    try (ApplicationContext away = writerContext(nobody)) {
      LocationWriterFunction writer = new LocationWriterFunction(away);

      // Lambda writes into the log what a call throws.
      assertThatThrownBy(
              () -> writer.handleRequest(batch(message(at("09:00")), message(at("09:01"))), null))
          .isInstanceOf(CallFailedException.class)
          .hasNoCause();
    }
  }

  @Test
  void databaseThatIsGoneForAWhileLosesNothingAndDoublesNothing() throws Exception {
    try (Gate gate = new Gate(((PGSimpleDataSource) as(TestDatabase.JOBS)).getPortNumbers()[0])) {
      PGSimpleDataSource behind = (PGSimpleDataSource) as(TestDatabase.JOBS);
      behind.setPortNumbers(new int[] {gate.port()});
      behind.setServerNames(new String[] {"127.0.0.1"});
      try (ApplicationContext context = writerContext(behind)) {
        LocationWriterFunction writer = new LocationWriterFunction(context);
        List<SQSEvent> batches = new ArrayList<>();
        for (int minute = 0; minute < 30; minute += 3) {
          batches.add(
              batch(
                  message(at("09:%02d".formatted(minute))),
                  message(at("09:%02d".formatted(minute + 1)), at("09:%02d".formatted(minute)))));
        }
        List<SQSEvent> again = new ArrayList<>();
        for (int i = 0; i < batches.size(); i++) {
          if (i == 3) {
            gate.shut();
          }
          try {
            assertThat(failures(writer.handleRequest(batches.get(i), null))).isEmpty();
            // As if the answer had not come back.
            again.add(batches.get(i));
          } catch (CallFailedException e) {
            again.add(batches.get(i));
          }
          if (i == 6) {
            gate.open();
          }
        }
        assertThat(recorded()).hasSizeLessThan(20);

        Collections.shuffle(again, new java.util.Random(3));
        for (SQSEvent batch : again) {
          assertThat(failures(writer.handleRequest(batch, null))).isEmpty();
        }
      }
    }
    assertThat(recorded()).hasSize(20).doesNotHaveDuplicates();
    assertThat(
            tenant.rows(
                "select to_char(recorded_at at time zone 'UTC', 'HH24:MI') from latest_positions"
                    + " where participant_id = :participant",
                Map.of("participant", participant)))
        .containsExactly("09:28");
  }

  @Test
  void twoWritersThatEachStoreHalfOfAStaySeeTheArrival() throws Exception {
    List<UUID> people = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      people.add(tenant.consenting(event));
    }
    List<Callable<List<String>>> writers = new ArrayList<>();
    for (String clock : List.of("09:10", "09:13")) {
      SQSEvent batch =
          batch(
              people.stream()
                  .map(one -> tenant.message(one, event, START, near(clock)))
                  .toArray(PingMessage[]::new));
      writers.add(() -> failures(function.handleRequest(batch, null)));
    }

    try (ExecutorService threads = Executors.newFixedThreadPool(writers.size())) {
      for (Future<List<String>> written : threads.invokeAll(writers)) {
        assertThat(written.get()).isEmpty();
      }
    }

    assertThat(
            tenant.rows(
                "select count(*), count(distinct arrived_at) from arrivals"
                    + " where organization_id = :organization",
                Map.of()))
        .containsExactly("20 1");
  }

  @Test
  void latePingsForAMissingDayAreSeenUntilTheirPartitionIsMade() throws SQLException {
    write(
        message(
            new Ping(
                java.time.Instant.parse("2005-05-05T05:05:05Z"),
                new app.turnout.domain.GeoPoint(0, 0),
                null,
                null,
                null,
                null,
                null)));
    assertThat(tenant.rows("select count(*) >= 1 from pings_default", Map.of()))
        .containsExactly("t");

    tenant.rows("select make_ping_partitions('2019-02-16', '2019-02-25')", Map.of());

    assertThat(tenant.rows("select count(*) from pings_default", Map.of())).containsExactly("0");
    assertThat(tenant.rows("select count(*) from pings_2005_05_05", Map.of())).containsExactly("1");
    assertThat(
            tenant.rows(
                """
                select obj_description(inhrelid, 'pg_class')
                from pg_inherits
                where inhparent = 'pings'::regclass
                group by 1
                """,
                Map.of()))
        .containsExactly("owner: locations");
  }

  private void awaitWaitingWriter() throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (System.nanoTime() < end) {
      if (!tenant
          .rows(
              "select 1 from pg_stat_activity where datname = current_database() "
                  + "and usename = 'turnout_jobs' and wait_event_type = 'Lock'",
              Map.of())
          .isEmpty()) {
        return;
      }
      Thread.sleep(20);
    }
    throw new AssertionError("No writer waits for a lock");
  }
}
