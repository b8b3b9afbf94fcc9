package app.turnout.eta;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.container.AlsoOnLocalStack;
import app.turnout.domain.GeoPoint;
import app.turnout.eta.refresh.EtaRefreshFunction;
import app.turnout.eta.router.FakeOsrm;
import app.turnout.eta.router.TestBreakers;
import app.turnout.platform.live.LiveEta;
import app.turnout.platform.live.LiveUpdate;
import app.turnout.testing.SettableTime;
import app.turnout.testing.TestDatabase;
import app.turnout.testing.TestFunctions;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// What those who watch are told, by real queues.
@AlsoOnLocalStack
class EtaRefreshTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final Place PLACE = new Place(new GeoPoint(48.4104, 15.6207), 150);
  private static final String UPDATES = "eta-live-updates.fifo";

  private static FakeOsrm osrm;
  private static EtaRefreshFunction function;
  private static SqsClient sqs;
  private static SettableTime time;

  private TestTenant tenant;
  private UUID event;
  private UUID participant;

  @BeforeAll
  static void start() {
    osrm = new FakeOsrm();
    String breakers = TestBreakers.name();
    Map<String, Object> properties =
        new HashMap<>(TestFunctions.properties("eta-refresh", DATABASE, TestDatabase.JOBS));
    properties.putAll(TestFunctions.aws());
    properties.put("turnout.tables.router-breakers", breakers);
    properties.put("turnout.routers.car", osrm.address());
    properties.put("turnout.queues.live-updates", TestFunctions.queueUrl(UPDATES));
    function = new EtaRefreshFunction(properties);
    TestBreakers.create(function.context(), breakers);
    time = function.context().getBean(SettableTime.class);
    sqs = function.context().getBean(SqsClient.class);
    make();
  }

  private static void make() {
    sqs.createQueue(
        queue ->
            queue.queueName(UPDATES).attributes(Map.of(QueueAttributeName.FIFO_QUEUE, "true")));
  }

  @AfterAll
  static void stop() {
    function.close();
    osrm.close();
  }

  @BeforeEach
  void makeEvent() {
    told();
    time.advance(Duration.ofHours(1));
    osrm.forget();
    tenant = new TestTenant(DATABASE.owner(), "org_owner");
    event = tenant.event(PLACE, now().plusSeconds(1_800), now().plusSeconds(7_200));
    participant = tenant.participant(event, 1);
  }

  @Test
  void whatChangedIsComputedAndToldOnce() {
    send(0, 4_000);

    assertThat(refresh(message())).isEmpty();

    List<LiveEta> told = told();
    assertThat(told).hasSize(1);
    LiveEta eta = told.getFirst();
    assertThat(eta.participant().value()).isEqualTo(participant);
    assertThat(eta.state()).isEqualTo("not_left");
    assertThat(eta.strategy()).isEqualTo("osrm");
    assertThat(eta.travelMode()).isEqualTo("car");
    assertThat(eta.routeMetres()).isBetween(5_190L, 5_210L);
    assertThat(eta.lastPingAt()).isEqualTo(now());
    assertThat(refresh(message(), message())).isEmpty();
    assertThat(told()).isEmpty();
    assertThat(osrm.asked()).hasSize(1);

    time.advance(Duration.ofSeconds(60));
    send(0, 3_000);
    assertThat(refresh(message())).isEmpty();
    assertThat(told()).extracting(LiveEta::state).containsExactly("on_the_way");
  }

  @Test
  void silenceAndArrivalAreToldThoughNoPingSaysThem() {
    send(0, 4_000);
    refresh(message());
    told();

    time.advance(Duration.ofMinutes(11));
    refresh(message());
    assertThat(told()).extracting(LiveEta::state).containsExactly("silent");
    refresh(message());
    assertThat(told()).isEmpty();

    tenant.arrived(event, participant, now());
    refresh(message());
    List<LiveEta> told = told();
    assertThat(told).extracting(LiveEta::state).containsExactly("arrived");
    assertThat(told.getFirst().arrivedAt()).isEqualTo(now());
    refresh(message());
    assertThat(told()).isEmpty();
  }

  @Test
  void whatTheQueueDidNotTakeIsToldTheNextTime() {
    send(0, 4_000);
    sqs.deleteQueue(queue -> queue.queueUrl(TestFunctions.queueUrl(UPDATES)));

    try {
      assertThat(refresh(message())).hasSize(1);
    } finally {
      make();
    }

    assertThat(refresh(message())).isEmpty();
    assertThat(told()).hasSize(1);
    assertThat(osrm.asked()).as("computed before, and kept").hasSize(1);
  }

  @Test
  void messageThatIsNoneFailsAlone() {
    send(0, 4_000);

    assertThat(refresh("{}", "nonsense", "[]", "{\"v\":2}", message())).hasSize(4);
    assertThat(told()).hasSize(1);
  }

  @Test
  void dateOfAnotherOrganizationOrOfNoneIsLetGo() {
    send(0, 4_000);
    TestTenant other = new TestTenant(DATABASE.owner(), "org_owner");

    assertThat(refresh(message(other.id(), event))).isEmpty();
    assertThat(refresh(message(tenant.id(), UUID.randomUUID()))).isEmpty();

    assertThat(told()).isEmpty();
    assertThat(tenant.kept(participant, "state")).isNull();
  }

  private static Instant now() {
    return time.instant();
  }

  private void send(int seconds, double metres) {
    tenant.pings(
        event,
        participant,
        List.of(
            new Ping(
                now().plusSeconds(seconds),
                new GeoPoint(
                    PLACE.position().latitude(),
                    PLACE.position().longitude()
                        + metres / 111_195 / Math.cos(Math.toRadians(PLACE.position().latitude()))),
                0)));
  }

  private String message() {
    return message(tenant.id(), event);
  }

  private static String message(UUID organization, UUID occurrence) {
    return "{\"v\":1,\"organization\":\"%s\",\"occurrence\":\"%s\"}"
        .formatted(organization, occurrence);
  }

  /// The messages that failed.
  private static List<String> refresh(String... bodies) {
    SQSEvent batch = new SQSEvent();
    List<SQSEvent.SQSMessage> messages = new ArrayList<>();
    for (String body : bodies) {
      SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
      message.setMessageId(UUID.randomUUID().toString());
      message.setBody(body);
      messages.add(message);
    }
    batch.setRecords(messages);
    return function.handleRequest(batch, null).getBatchItemFailures().stream()
        .map(SQSBatchResponse.BatchItemFailure::getItemIdentifier)
        .toList();
  }

  /// What was sent to those who watch since the last time.
  private static List<LiveEta> told() {
    List<LiveEta> told = new ArrayList<>();
    String url = TestFunctions.queueUrl(UPDATES);
    List<Message> messages;
    do {
      messages =
          sqs.receiveMessage(request -> request.queueUrl(url).maxNumberOfMessages(10)).messages();
      for (Message message : messages) {
        told.addAll(((LiveUpdate.Etas) LiveUpdate.parse(message.body())).etas());
        sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receiptHandle()));
      }
    } while (!messages.isEmpty());
    return told;
  }
}
