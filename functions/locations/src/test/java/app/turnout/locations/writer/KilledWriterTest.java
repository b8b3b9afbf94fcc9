package app.turnout.locations.writer;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.domain.GeoPoint;
import app.turnout.locations.Ping;
import app.turnout.locations.TestTenant;
import app.turnout.testing.TestDatabase;
import app.turnout.testing.TestFunctions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// The writer's process is killed by SIGKILL, wherever that hurts, and another takes its place.
@Timeout(300)
class KilledWriterTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final Instant START = Instant.parse("2019-02-18T10:00:00Z");
  private static final Instant FIRST = Instant.parse("2019-02-18T09:00:00Z");
  private static final GeoPoint THERE = new GeoPoint(52.001, -8);
  private static final int PEOPLE = 6;
  private static final int MESSAGES = 5;
  private static final int PINGS = 10;

  private final TestTenant tenant = new TestTenant(DATABASE.owner());
  private final UUID event = tenant.event(START, START.plus(Duration.ofHours(2)));
  private String queue = "";

  @Test
  void whateverIsKilledWhereverNothingIsLostAndNothingDoubled() throws Exception {
    try (SqsClient sqs = sqs()) {
      queue =
          sqs.createQueue(
                  request ->
                      request
                          .queueName("pings-" + UUID.randomUUID())
                          .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "2")))
              .queueUrl();
      for (int person = 0; person < PEOPLE; person++) {
        UUID participant = tenant.consenting(event);
        for (int message = 0; message < MESSAGES; message++) {
          String text = message(participant, message);
          sqs.sendMessage(request -> request.queueUrl(queue).messageBody(text));
        }
      }

      killAt(WriterProcess.RECEIVED, 1, Duration.ZERO);
      assertThat(stored()).isZero();

      killAt(WriterProcess.STORED, 1, Duration.ZERO);
      long storedByTheKilled = stored();
      assertThat(storedByTheKilled).isPositive();

      killAt(WriterProcess.RECEIVED, 2, Duration.ofMillis(10));
      killAt(WriterProcess.STORED, 2, Duration.ZERO);
      assertThat(stored()).isGreaterThan(storedByTheKilled);

      finish();
    }
    assertThat(stored()).isEqualTo(PEOPLE * MESSAGES * PINGS);
    assertThat(
            tenant.rows(
                """
                select count(*), count(distinct participant_id), max(recorded_at) = min(recorded_at)
                from latest_positions
                where organization_id = :organization
                """,
                Map.of()))
        .containsExactly(PEOPLE + " " + PEOPLE + " t");
    assertThat(
            tenant.rows(
                "select count(*) from arrivals where organization_id = :organization", Map.of()))
        .containsExactly(String.valueOf(PEOPLE));
    assertThat(LiveQueue.take(event)).isNotEmpty();
  }

  /// Ten pings of somebody who is there, a minute's tenth apart.
  private String message(UUID participant, int number) {
    List<Ping> pings = new ArrayList<>();
    for (int i = 0; i < PINGS; i++) {
      Instant at = FIRST.plusSeconds((number * PINGS + i) * 6L);
      pings.add(new Ping(at, THERE, null, null, null, null, null));
    }
    return tenant
        .message(participant, event, START.minusSeconds(600), pings.toArray(Ping[]::new))
        .toText();
  }

  private long stored() {
    return Long.parseLong(
        tenant
            .rows("select count(*) from pings where organization_id = :organization", Map.of())
            .getFirst());
  }

  /// Lets a writer come so far for the nth time, lets it go on for a while, and kills it.
  private void killAt(String word, int times, Duration later) throws Exception {
    Process writer = start();
    try (BufferedReader output = output(writer)) {
      int seen = 0;
      for (String said = output.readLine(); said != null; said = output.readLine()) {
        if (said.equals(word) && ++seen == times) {
          if (!later.isZero()) {
            goOn(writer);
            Thread.sleep(later);
          }
          writer.destroyForcibly();
          assertThat(writer.waitFor()).as("killed").isEqualTo(137);
          return;
        }
        goOnAfter(said, writer);
      }
    }
    throw new AssertionError("The writer never came to be " + word + " " + times + " times");
  }

  private void finish() throws Exception {
    Process writer = start();
    try (BufferedReader output = output(writer)) {
      for (String said = output.readLine(); said != null; said = output.readLine()) {
        if (said.equals(WriterProcess.DONE)) {
          assertThat(writer.waitFor()).isZero();
          return;
        }
        goOnAfter(said, writer);
      }
    }
    throw new AssertionError("The writer did not come to an end");
  }

  /// It writes its log there, too.
  private static void goOnAfter(String said, Process writer) throws IOException {
    if (said.equals(WriterProcess.RECEIVED) || said.equals(WriterProcess.STORED)) {
      goOn(writer);
    }
  }

  private static void goOn(Process writer) throws IOException {
    writer.getOutputStream().write('\n');
    writer.getOutputStream().flush();
  }

  private Process start() throws IOException {
    Map<String, Object> properties = new HashMap<>(TestFunctions.aws());
    properties.put("turnout.function", "location-writer");
    properties.put("turnout.testing.time", "settable");
    properties.put("turnout.queues.outbox", TestFunctions.queueUrl("outbox"));
    properties.put("turnout.queues.live-updates", LiveQueue.url());
    properties.put("datasources.default.enabled", "false");
    return WriterProcess.start(
        (PGSimpleDataSource) DATABASE.as(TestDatabase.JOBS), queue, properties);
  }

  private static BufferedReader output(Process writer) {
    return new BufferedReader(
        new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8));
  }

  private static SqsClient sqs() {
    Map<String, Object> aws = TestFunctions.aws();
    return SqsClient.builder()
        .endpointOverride(URI.create(String.valueOf(aws.get("aws.services.sqs.endpoint-override"))))
        .region(Region.of(String.valueOf(aws.get("aws.region"))))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(String.valueOf(aws.get("aws.access-key-id")), "local")))
        .build();
  }
}
