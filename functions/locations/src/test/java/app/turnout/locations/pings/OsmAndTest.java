package app.turnout.locations.pings;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.locations.PingMessage;
import app.turnout.locations.PingSource;
import app.turnout.locations.TestTenant;
import app.turnout.testing.ApiClient;
import app.turnout.testing.OpenApiDocument;
import app.turnout.testing.OpenApiResponses;
import app.turnout.testing.SettableTime;
import app.turnout.testing.TestDatabase;
import app.turnout.testing.TestFunctions;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

class OsmAndTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final String QUEUE = "pings-of-the-osmand-test";
  private static final String OSMAND = "/api/v1/osmand";
  private static final Instant NOW = SettableTime.START;
  private static final long FIXED = NOW.minusSeconds(10).getEpochSecond();

  private static LocationsFunction function;
  private static ApiClient api;

  private TestTenant tenant;
  private UUID participant;
  private String device;

  @BeforeAll
  static void start() {
    Map<String, Object> properties = new HashMap<>(TestFunctions.aws());
    properties.putAll(TestFunctions.properties("locations", DATABASE, TestDatabase.APP));
    properties.put("turnout.queues.pings", TestFunctions.queueUrl(QUEUE));
    function = new LocationsFunction(properties);
    function.context().getBean(SqsClient.class).createQueue(request -> request.queueName(QUEUE));
    api = new ApiClient(function, OpenApiResponses.of(OpenApiDocument.ofArea("locations")));
  }

  @AfterAll
  static void stop() {
    function.close();
  }

  @BeforeEach
  void begin() {
    queued();
    tenant = new TestTenant(DATABASE.owner());
    UUID event = tenant.event(NOW.plus(Duration.ofMinutes(30)), NOW.plus(Duration.ofHours(3)));
    participant = tenant.consenting(event);
    device =
        api.post("/api/v1/participants/" + participant + "/devices")
            .bearer(tenant.link(participant))
            .json("{\"name\":\"Phone\"}")
            .send()
            .json()
            .path("token")
            .asText();
  }

  @Test
  void positionInTheQueryIsTakenByGet() {
    ApiClient.Answer answer =
        api.get(
                OSMAND
                    + "?id="
                    + device
                    + "&lat=52.664&lon=-8.6267&timestamp="
                    + FIXED
                    + "&hdop=1.2&altitude=12.5&speed=10&bearing=270&batt=87.5&accuracy=4.1"
                    + "&valid=true&charge=false&driverUniqueId=&cell=1,2,3,4")
            .send();

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"accepted\":1,\"refused\":[]}");
    assertThat(queued())
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.source()).isEqualTo(PingSource.OSMAND);
              assertThat(message.participant().value()).isEqualTo(participant);
              assertThat(message.pings())
                  .hasToString(
                      "[Ping[recordedAt=2026-03-01T08:59:50Z,"
                          + " position=GeoPoint[latitude=52.664, longitude=-8.6267],"
                          + " accuracyMetres=4.1, altitudeMetres=12.5,"
                          + " speedMetresPerSecond=5.144444444444445, headingDegrees=270.0,"
                          + " batteryPercent=87.5]]");
            });
  }

  @Test
  void positionInTheQueryIsTakenByPost() {
    assertThat(
            api.post(OSMAND + "?id=" + device + "&lat=52&lon=-8&timestamp=" + FIXED)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .send()
                .status())
        .isEqualTo(200);
    assertThat(api.post(OSMAND + "?deviceid=" + device + "&location=52,-8").send().status())
        .isEqualTo(200);

    assertThat(queued())
        .extracting(message -> message.pings().getFirst().recordedAt().toString())
        .containsExactlyInAnyOrder("2026-03-01T08:59:50Z", "2026-03-01T09:00:00Z");
  }

  @Test
  void positionInAFormIsTaken() {
    ApiClient.Answer answer =
        api.post(OSMAND)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .rawBody(
                "id=" + device + "&lat=52&lon=-8&timestamp=2026-03-01T09%3A59%3A50%2B01%3A00",
                false)
            .send();

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(queued().getFirst().pings().getFirst().recordedAt())
        .isEqualTo("2026-03-01T08:59:50Z");
  }

  @ParameterizedTest
  @CsvSource({
    "1772355590, 2026-03-01T08:59:50Z",
    "1772355590123, 2026-03-01T08:59:50.123Z",
    "2026-03-01T08:59:50Z, 2026-03-01T08:59:50Z",
    "2026-03-01T08:59:50.5Z, 2026-03-01T08:59:50.500Z",
    "2026-03-01%2008:59:50, 2026-03-01T08:59:50Z",
    "'', 2026-03-01T09:00:00Z"
  })
  void timesAreReadAsTraccarDoes(String given, String read) {
    api.get(OSMAND + "?id=" + device + "&lat=52&lon=-8&timestamp=" + given).send();

    assertThat(queued().getFirst().pings().getFirst().recordedAt()).isEqualTo(read);
  }

  @Test
  void newerClientsSendJson() {
    ApiClient.Answer answer = api.post(OSMAND).json(traccar(location("08:59:50"))).send();

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"accepted\":1,\"refused\":[]}");
    assertThat(queued().getFirst().pings())
        .hasToString(
            "[Ping[recordedAt=2026-03-01T08:59:50Z,"
                + " position=GeoPoint[latitude=52.664, longitude=-8.6267],"
                + " accuracyMetres=8.3, altitudeMetres=15.2, speedMetresPerSecond=null,"
                + " headingDegrees=null, batteryPercent=64.0]]");
  }

  @Test
  void eachOfSeveralInJsonIsJudgedByItself() {
    String list =
        String.join(
            ",",
            location("08:59:50"),
            location("08:59:51").replace("52.664", "95"),
            location("08:00:00"),
            "7",
            "{\"event\":\"providerchange\"}",
            location("08:59:50"),
            location("08:59:49"));

    ApiClient.Answer answer = api.post(OSMAND).json(traccar("[" + list + "]")).send();

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().path("accepted").asInt()).isEqualTo(3);
    assertThat(told(answer.json().path("refused"), "index"))
        .containsExactly("1 coords.latitude max", "2 recorded_at tracking_window", "3  type");
    assertThat(queued().getFirst().pings()).hasSize(3);
  }

  @Test
  void whatNoRepetitionMakesAcceptableIsToldAndNotAskedForAgain() {
    for (String useless :
        List.of(
            "&timestamp=" + NOW.minus(Duration.ofHours(2)).getEpochSecond(),
            "&timestamp=" + NOW.minus(Duration.ofDays(2)).getEpochSecond(),
            "&timestamp=" + NOW.plus(Duration.ofHours(1)).getEpochSecond())) {
      ApiClient.Answer answer =
          api.get(OSMAND + "?id=" + device + "&lat=52&lon=-8" + useless).send();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json().path("accepted").asInt()).isZero();
      assertThat(answer.json().path("refused")).hasSize(1);
    }
    tenant.consent(participant, false);
    ApiClient.Answer unwilling = api.get(OSMAND + "?id=" + device + "&lat=52&lon=-8").send();

    assertThat(told(unwilling.json().path("refused"), "index"))
        .containsExactly("0  consent_missing");
    assertThat(queued()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          &lat=91&lon=-8                            | lat max
          &lat=52                                   | lon required
          &lat=north&lon=-8                         | lat type
          &lat=NaN&lon=Infinity                     | lat type, lon type
          &lat=0x1p3&lon=1d                         | lat type, lon type
          &lat=52&lon=-181&speed=1e9&accuracy=1e9   | lon min, accuracy max, speed max
          &lat=52&lon=-8&timestamp=soon             | timestamp date_time
          &lat=52&lon=-8&timestamp=999999999999999  | timestamp date_time
          &lat=52&lon=-8&bearing=361&batt=101       | bearing max, batt max
          &lat=52&lon=-8&altitude=-5001             | altitude min
          &lat=52&lon=-8&valid=false                | valid fix
          &location=52                              | lon type
          """)
  void impossiblePositionIsNamed(String parameters, String errors) {
    ApiClient.Answer answer = api.get(OSMAND + "?id=" + device + parameters).send();

    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    assertThat(String.join(", ", fields(answer))).isEqualTo(errors);
    assertThat(queued()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"location\":7,\"device_id\":\"DEVICE\"}",
        "{\"device_id\":\"DEVICE\"}",
        "{\"location\":{\"coords\":{}},\"device_id\":\"DEVICE\"}",
        "{\"location\":{\"coords\":{\"latitude\":1,\"longitude\":1}},\"device_id\":\"DEVICE\"}",
        "{\"location\":{\"timestamp\":1,\"coords\":{\"latitude\":1,\"longitude\":1}},"
            + "\"device_id\":\"DEVICE\"}",
        "{\"location\":"
      })
  void crookedJsonIsRefused(String body) {
    ApiClient.Answer answer = api.post(OSMAND).json(body.replace("DEVICE", device)).send();

    assertThat(answer.status()).as(answer.body()).isIn(401, 422);
    assertThat(queued()).isEmpty();
  }

  @Test
  void appMaySayThatItIsAlive() {
    assertThat(api.get(OSMAND + "?id=" + device + "&batt=50").send().body())
        .isEqualTo("{\"accepted\":0,\"refused\":[]}");
    assertThat(
            api.post(OSMAND)
                .json(traccar("{\"timestamp\":\"2026-03-01T08:59:50.000Z\"}"))
                .send()
                .body())
        .isEqualTo("{\"accepted\":0,\"refused\":[]}");
  }

  @Test
  void unknownAndRevokedDevicesAreShutOut() {
    String link = tenant.link(participant);
    String unknown = device.substring(0, 28) + (device.endsWith("a") ? "b" : "a");
    for (String id : List.of("", "12345678", unknown, link)) {
      assertThat(api.get(OSMAND + "?id=" + id + "&lat=52&lon=-8").send().status()).isEqualTo(401);
      assertThat(
              api.post(OSMAND)
                  .json(traccar(location("08:59:50")).replace(device, id))
                  .send()
                  .status())
          .isEqualTo(401);
    }
    assertThat(api.get(OSMAND + "?lat=52&lon=-8").bearer(link).send().status()).isEqualTo(401);
    tenant.execute("update participant_devices set revoked_at = created_at", Map.of());

    assertThat(api.get(OSMAND + "?id=" + device + "&lat=52&lon=-8").send().status()).isEqualTo(401);
    assertThat(queued()).isEmpty();
  }

  @Test
  void tokenMayStandInTheHeaderToo() {
    assertThat(api.get(OSMAND + "?lat=52&lon=-8").bearer(device).send().status()).isEqualTo(200);
    assertThat(
            api.get(OSMAND + "?id=mine&lat=52&lon=-8")
                .header(
                    "Authorization",
                    "Basic "
                        + Base64.getEncoder()
                            .encodeToString(("me:" + device).getBytes(StandardCharsets.UTF_8)))
                .send()
                .status())
        .isEqualTo(200);
  }

  @Test
  void bodyMayComeInGzip() throws IOException {
    ApiClient.Answer answer =
        api.post(OSMAND)
            .header("Content-Type", "application/json")
            .header("Content-Encoding", "gzip")
            .bytes(gzip(traccar(location("08:59:50"))))
            .send();

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(queued()).hasSize(1);
  }

  @Test
  void withoutTheQueueThePhoneIsAskedToKeepIt() {
    Map<String, Object> properties = new HashMap<>(TestFunctions.aws());
    properties.putAll(TestFunctions.properties("locations", DATABASE, TestDatabase.APP));
    properties.put("turnout.queues.pings", TestFunctions.queueUrl("no-such-queue"));
    try (LocationsFunction lame = new LocationsFunction(properties)) {
      ApiClient.Answer answer =
          new ApiClient(lame, null).get(OSMAND + "?id=" + device + "&lat=52&lon=-8").send();

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).isEqualTo("5");
    }
  }

  private String traccar(String location) {
    return "{\"location\":%s,\"device_id\":\"%s\"}".formatted(location, device);
  }

  /// As Traccar Client 9 fills in its template.
  private static String location(String clock) {
    return """
    {"timestamp":"2026-03-01T%s.000Z","coords":{"latitude":52.664,"longitude":-8.6267,\
    "accuracy":8.3,"speed":-1,"heading":-1,"altitude":15.2},"is_moving":true,"odometer":120,\
    "event":"motionchange","battery":{"level":0.64,"is_charging":false},\
    "activity":{"type":"in_vehicle"},"extras":{},\
    "_":"&id=x&lat=52.664&lon=-8.6267&timestamp=2026&"}\
    """
        .formatted(clock);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zipped = new GZIPOutputStream(bytes)) {
      zipped.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static List<String> fields(ApiClient.Answer answer) {
    List<String> told = new ArrayList<>();
    answer
        .json()
        .path("errors")
        .forEach(e -> told.add(e.path("field").asText() + " " + e.path("rule").asText()));
    return told;
  }

  private static List<String> told(JsonNode refused, String first) {
    List<String> told = new ArrayList<>();
    refused.forEach(
        e ->
            told.add(
                e.path(first).asText()
                    + " "
                    + e.path("field").asText()
                    + " "
                    + e.path("rule").asText()));
    return told;
  }

  /// Takes all there is out of the queue.
  private static List<PingMessage> queued() {
    SqsClient sqs = function.context().getBean(SqsClient.class);
    String url = TestFunctions.queueUrl(QUEUE);
    List<PingMessage> messages = new ArrayList<>();
    List<Message> received;
    do {
      received =
          sqs.receiveMessage(request -> request.queueUrl(url).maxNumberOfMessages(10)).messages();
      for (Message message : received) {
        messages.add(PingMessage.parse(message.body()));
        sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receiptHandle()));
      }
    } while (!received.isEmpty());
    return messages;
  }
}
