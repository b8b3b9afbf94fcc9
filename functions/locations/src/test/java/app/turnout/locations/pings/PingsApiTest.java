package app.turnout.locations.pings;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.container.AlsoOnLocalStack;
import app.turnout.locations.PingMessage;
import app.turnout.locations.TestTenant;
import app.turnout.testing.ApiClient;
import app.turnout.testing.OpenApiDocument;
import app.turnout.testing.OpenApiResponses;
import app.turnout.testing.SettableTime;
import app.turnout.testing.TestDatabase;
import app.turnout.testing.TestFunctions;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

@AlsoOnLocalStack
class PingsApiTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final String QUEUE = "pings-of-the-api-test";
  private static final Instant NOW = SettableTime.START;

  private static LocationsFunction function;
  private static ApiClient api;

  private TestTenant tenant;
  private UUID event;
  private UUID participant;
  private String link;

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
    event = tenant.event(NOW.plus(Duration.ofMinutes(30)), NOW.plus(Duration.ofHours(3)));
    participant = tenant.consenting(event);
    link = tenant.link(participant);
  }

  @Test
  void pingIsTakenByTheQueueAndToldSo() {
    ApiClient.Answer answer =
        send(
            """
            {"latitude": 52.664, "longitude": -8.6267, "recorded_at": "2026-03-01T08:59:30.1234567+00:00",
             "accuracy_metres": 4.5, "altitude_metres": -3, "speed_metres_per_second": 12.5,
             "heading_degrees": 360, "battery_percent": 0}
            """);

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.body()).isEqualTo("{\"accepted\":1,\"refused\":[]}");
    assertThat(queued())
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.organization().value()).isEqualTo(tenant.id());
              assertThat(message.occurrence().value()).isEqualTo(event);
              assertThat(message.participant().value()).isEqualTo(participant);
              assertThat(message.receivedAt()).isEqualTo(NOW);
              assertThat(message.pings())
                  .hasToString(
                      "[Ping[recordedAt=2026-03-01T08:59:30.123456Z,"
                          + " position=GeoPoint[latitude=52.664, longitude=-8.6267],"
                          + " accuracyMetres=4.5, altitudeMetres=-3.0, speedMetresPerSecond=12.5,"
                          + " headingDegrees=360.0, batteryPercent=0.0]]");
            });
  }

  @Test
  void memberMaySendForAParticipant() {
    ApiClient.Answer answer =
        api.post(locations(participant))
            .bearer(tenant.accessToken(NOW))
            .json(ping("09:00:00"))
            .send();

    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    assertThat(queued()).hasSize(1);
  }

  @Test
  void eachPingOfAListIsJudgedByItself() {
    String list =
        String.join(
            ",",
            ping("08:59:00"),
            ping("09:02:00"),
            ping("09:02:00.000001"),
            "17",
            "null",
            "{}",
            ping("08:59:01").replace("52", "\"52\""),
            ping("08:59:02").replace("52", "-90.000001"),
            ping("08:59:03").replace("}", ",\"speed_metres_per_second\":401}"),
            ping("08:59:04").replace("}", ",\"surprise\":1}"),
            ping("08:29:59.999999"),
            ping("08:30:00"),
            ping("08:59:05").replace("52", "1e400"),
            ping("08:59:06").replace("52", "1" + "0".repeat(60)),
            ping("08:59:07").replace("2026-03-01", "2026-02-28"),
            ping("08:59:08").replace("2026-03-01", "2026-02-30"),
            ping("08:59:09").replace("}", ",\"battery_percent\":100.5}"),
            ping("08:59:10").replace("}", ",\"heading_degrees\":-1}"),
            ping("08:59:11").replace("}", ",\"accuracy_metres\":-0.1}"),
            ping("08:59:12").replace("}", ",\"altitude_metres\":\"high\"}"),
            ping("08:59:13").replace("Z", ""));

    ApiClient.Answer answer = send("{\"locations\": [" + list + "]}");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().path("accepted").asInt()).isEqualTo(3);
    assertThat(told(answer.json().path("refused"), "index"))
        .containsExactly(
            "2 recorded_at future",
            "3 locations[3] type",
            "4 locations[4] type",
            "5 latitude required",
            "6 latitude type",
            "7 latitude min",
            "8 speed_metres_per_second max",
            "9 surprise unknown_field",
            "10 recorded_at tracking_window",
            "12 latitude range",
            "13 latitude max",
            "14 recorded_at stale",
            "15 recorded_at date_time",
            "16 battery_percent max",
            "17 heading_degrees min",
            "18 accuracy_metres min",
            "19 altitude_metres type",
            "20 recorded_at date_time");
    assertThat(queued().getFirst().pings())
        .extracting(ping -> ping.recordedAt().toString())
        .containsExactly("2026-03-01T08:59:00Z", "2026-03-01T09:02:00Z", "2026-03-01T08:30:00Z");
  }

  @Test
  void fiveHundredPingsAreTakenAndOneMoreIsTooMany() {
    assertThat(send(list(500)).json().path("accepted").asInt()).isEqualTo(500);
    assertThat(queued()).singleElement().satisfies(m -> assertThat(m.pings()).hasSize(500));

    ApiClient.Answer tooMany = send(list(501));

    assertThat(tooMany.status()).isEqualTo(422);
    assertThat(told(tooMany)).containsExactly("locations max_items");
    assertThat(queued()).isEmpty();
  }

  private static String list(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                """
                {"latitude": -12.345678901234567, "longitude": -123.45678901234567, "recorded_at":
                 "%s", "accuracy_metres": 12.345678901234567, "altitude_metres": 1234.5678901234567,
                 "speed_metres_per_second": 12.345678901234567, "heading_degrees": 123.45678901234567,
                 "battery_percent": 12.345678901234567}
                """
                    .formatted(NOW.minusSeconds(i)))
        .collect(Collectors.joining(",", "{\"locations\":[", "]}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"locations": []}                                    | locations min_items
          {"locations": {}}                                    | locations type
          {"locations": null}                                  | locations type
          {"locations": [], "surprise": 1}                     | locations min_items, surprise unknown_field
          {"locations": [1, {}]} | locations[0] type, locations[1].latitude required, locations[1].longitude required, locations[1].recorded_at required
          {}                                                   | latitude required, longitude required, recorded_at required
          {"latitude": 91, "longitude": 181, "recorded_at": 1} | recorded_at type, latitude max, longitude max
          {"latitude": 0, "longitude": 0, "recorded_at": "2026-03-01T09:03:00Z"} | recorded_at future
          {"latitude": 0, "longitude": 0, "recorded_at": "2026-02-27T09:03:00Z"} | recorded_at stale
          """)
  void bodyWithoutAPingToTakeIsRefusedFieldByField(String body, String errors) {
    ApiClient.Answer answer = send(body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    assertThat(String.join(", ", told(answer))).isEqualTo(errors);
    assertThat(queued()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "17", "{\"locations\":[", "{\"a\":1,\"a\":2}", "{}{}"})
  void bodyThatIsNoObjectIsMalformed(String body) {
    ApiClient.Answer answer = send(body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(problem(answer)).isEqualTo("malformed_request");
  }

  @Test
  void pingsOutsideTheWindowAreRefusedTogether() {
    ApiClient.Answer early = send(ping("08:29:59"));
    assertThat(early.status()).isEqualTo(409);
    assertThat(problem(early)).isEqualTo("outside_tracking_window");

    function.context().getBean(SettableTime.class).set(NOW.plus(Duration.ofHours(4)));
    try {
      assertThat(send(ping("12:00:00")).status()).isEqualTo(409);
      assertThat(send("{\"locations\":[" + ping("12:59:00") + "]}").status()).isEqualTo(409);
      // Late, but recorded within it.
      assertThat(send(ping("11:59:59.999999")).status()).isEqualTo(202);
    } finally {
      function.context().getBean(SettableTime.class).set(NOW);
    }
  }

  @Test
  void windowClosesAtCheckIn() {
    tenant.execute(
        "update participants set status = 'checked_in', checked_in_at = '2026-03-01 08:50Z' "
            + "where id = :participant",
        Map.of("participant", participant));

    assertThat(problem(send(ping("08:50:00")))).isEqualTo("outside_tracking_window");
    assertThat(send(ping("08:49:59")).status()).isEqualTo(202);
  }

  @ParameterizedTest
  @ValueSource(strings = {"draft", "cancelled"})
  void eventThatDoesNotTakePlaceTakesNoPings(String status) {
    tenant.execute(
        "update events set status = :status where id = :event",
        Map.of("event", event, "status", status));

    assertThat(problem(send(ping("09:00:00")))).isEqualTo("outside_tracking_window");
    assertThat(queued()).isEmpty();
  }

  @Test
  void consentIsNeeded() {
    tenant.consent(participant, false);
    ApiClient.Answer withdrawn = send(ping("09:00:00"));
    assertThat(withdrawn.status()).isEqualTo(403);
    assertThat(problem(withdrawn)).isEqualTo("consent_missing");

    UUID neverAsked = tenant.participant(event);
    ApiClient.Answer none =
        api.post(locations(neverAsked))
            .bearer(tenant.link(neverAsked))
            .json(ping("09:00:00"))
            .send();

    assertThat(problem(none)).isEqualTo("consent_missing");
    assertThat(queued()).isEmpty();
  }

  @Test
  void whatWasRecordedBeforeConsentWasGivenAgainIsRefused() {
    tenant.withdraw(participant, NOW.minusSeconds(120));
    tenant.consentAgain(participant, NOW.minusSeconds(60));

    ApiClient.Answer answer =
        send("{\"locations\": [" + ping("08:58:59") + "," + ping("08:59:00") + "]}");

    assertThat(answer.json().path("accepted").asInt()).isEqualTo(1);
    assertThat(told(answer.json().path("refused"), "index"))
        .containsExactly("0 recorded_at consent");
    assertThat(queued().getFirst().pings())
        .extracting(ping -> ping.recordedAt().toString())
        .containsExactly("2026-03-01T08:59:00Z");
  }

  @Test
  void othersAreNotThere() {
    TestTenant foreign = new TestTenant(DATABASE.owner());
    UUID foreignParticipant = foreign.consenting(foreign.event(NOW, NOW.plusSeconds(3600)));
    UUID neighbour = tenant.consenting(event);
    String token = tenant.accessToken(NOW);

    for (UUID one : List.of(foreignParticipant, UUID.randomUUID())) {
      assertThat(api.post(locations(one)).bearer(token).json(ping("09:00:00")).send().status())
          .isEqualTo(404);
      assertThat(api.get(locations(one)).bearer(token).send().status()).isEqualTo(404);
      assertThat(api.get(locations(one) + "/latest").bearer(token).send().status()).isEqualTo(404);
    }
    assertThat(api.post(locations(neighbour)).bearer(link).json(ping("09:00:00")).send().status())
        .isEqualTo(404);
    assertThat(api.get(locations(participant)).bearer(link).send().status()).isEqualTo(401);
    assertThat(api.post(locations(participant)).json(ping("09:00:00")).send().status())
        .isEqualTo(401);
    assertThat(queued()).isEmpty();
  }

  @Test
  void withoutTheQueueNothingIsTaken() {
    Map<String, Object> properties = new HashMap<>(TestFunctions.aws());
    properties.putAll(TestFunctions.properties("locations", DATABASE, TestDatabase.APP));
    properties.put("turnout.queues.pings", TestFunctions.queueUrl("no-such-queue"));
    try (LocationsFunction lame = new LocationsFunction(properties)) {
      ApiClient client = new ApiClient(lame, null);

      for (ApiClient.Call call :
          List.of(
              client.post(locations(participant)).bearer(link).json(ping("09:00:00")),
              ownTracks(client, location(NOW)))) {
        ApiClient.Answer answer = call.send();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("5");
        assertThat(problem(answer)).isEqualTo("unavailable");
      }
    }
  }

  @Test
  void ownTracksLocationIsTaken() {
    ApiClient.Answer answer =
        ownTracks(
                api,
                """
                {"_type":"location","BSSID":"0:1:2:3:4:5","SSID":"home","acc":14,"alt":154,"batt":53,
                 "bs":1,"cog":-1,"conn":"w","created_at":1772355600,"lat":48.8566,"lon":2.3522,"m":1,
                 "t":"u","tid":"bb","topic":"owntracks/b/phone","tst":1772355590,"vac":3,"vel":36,
                 "inregions":["home"],"inrids":["6da9cf"],"p":101.2,"_id":"e1"}
                """)
            .send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("[]");
    assertThat(answer.header("Content-Type")).startsWith("application/json");
    assertThat(queued().getFirst())
        .hasToString(
            "PingMessage[organization=%s, occurrence=%s, participant=%s,"
                    .formatted(tenant.id(), event, participant)
                + " receivedAt=2026-03-01T09:00:00Z, source=OWNTRACKS,"
                + " pings=[Ping[recordedAt=2026-03-01T08:59:50Z,"
                + " position=GeoPoint[latitude=48.8566, longitude=2.3522], accuracyMetres=14.0,"
                + " altitudeMetres=154.0, speedMetresPerSecond=10.0, headingDegrees=null,"
                + " batteryPercent=53.0]]]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"_type\":\"transition\",\"lat\":\"no\",\"event\":\"enter\",\"desc\":\"home\"}",
        "{\"_type\":\"waypoint\",\"desc\":\"home\",\"rad\":50,\"tst\":1772355590}",
        "{\"_type\":\"waypoints\",\"waypoints\":[]}",
        "{\"_type\":\"status\",\"iOS\":{}}",
        "{\"_type\":\"lwt\",\"tst\":1772355590}",
        "{\"_type\":\"cmd\",\"action\":\"dump\"}",
        "{\"_type\":\"card\",\"name\":\"B\"}",
        "{\"_type\":\"encrypted\",\"data\":\"x\"}",
        "{\"_type\":\"steps\",\"steps\":1}",
        "{\"_type\":\"of a later day\"}",
        "[]"
      })
  void otherMessagesOfOwnTracksAreAcknowledged(String body) {
    ApiClient.Answer answer = ownTracks(api, body).send();

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("[]");
    assertThat(queued()).isEmpty();
  }

  @Test
  void listOfOwnTracksMessagesIsTakenTogether() {
    String list =
        "[%s,{\"_type\":\"status\"},%s]".formatted(location(NOW), location(NOW.plusSeconds(1)));

    assertThat(ownTracks(api, list).send().status()).isEqualTo(200);

    assertThat(queued()).singleElement().satisfies(m -> assertThat(m.pings()).hasSize(2));
  }

  @Test
  void listOfOwnTracksMessagesIsToldWhatWasRefusedAndTheRestIsTaken() {
    String list =
        "[%s,{\"_type\":\"location\",\"lat\":91,\"lon\":-8,\"tst\":1},17,%s,%s]"
            .formatted(location(NOW), location(NOW.minus(Duration.ofHours(2))), location(NOW));

    ApiClient.Answer answer = ownTracks(api, list).send();

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(told(answer.json(), "index"))
        .containsExactly("1 lat max", "2  type", "3 recorded_at tracking_window");
    assertThat(answer.json().findValuesAsText("_type")).containsOnly("refused");
    assertThat(queued()).singleElement().satisfies(m -> assertThat(m.pings()).hasSize(2));
  }

  @Test
  void transitionOfOwnTracksTellsWhereItHappened() {
    ApiClient.Answer answer =
        ownTracks(
                api,
                """
                {"_type":"transition","wtst":1772355000,"lat":52.66,"lon":-8.62,"tst":1772355590,
                 "acc":25.5,"tid":"bb","event":"enter","desc":"campus","t":"c","rid":"6da9cf"}
                """)
            .send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("[]");
    assertThat(queued().getFirst().pings())
        .singleElement()
        .satisfies(
            ping -> {
              assertThat(ping.recordedAt()).isEqualTo("2026-03-01T08:59:50Z");
              assertThat(ping.position().latitude()).isEqualTo(52.66);
              assertThat(ping.accuracyMetres()).isEqualTo(25.5);
            });
  }

  @Test
  void ownTracksIsNotAskedToRepeatWhatWillNeverBeTaken() {
    for (Instant useless :
        List.of(
            NOW.minus(Duration.ofHours(2)),
            NOW.minus(Duration.ofDays(2)),
            NOW.plus(Duration.ofHours(1)))) {
      assertThat(ownTracks(api, location(useless)).send().body()).isEqualTo("[]");
    }
    tenant.consent(participant, false);
    assertThat(ownTracks(api, location(NOW)).send().status()).isEqualTo(200);

    assertThat(queued()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"_type":"location","lat":52,"lon":-8}                          | tst required
          {"_type":"location","lat":"52","lon":-8,"tst":1772355590}       | lat type
          {"_type":"location","lat":52,"lon":-181,"tst":1772355590}       | lon min
          {"_type":"location","lat":52,"lon":-8,"tst":1772355590.5}       | tst type
          {"_type":"location","lat":52,"lon":-8,"tst":99999999999999}     | tst max
          {"_type":"location","lat":52,"lon":-8,"tst":-1}                 | tst min
          {"_type":"location","lat":52,"lon":-8,"tst":1772355590,"vel":1e9} | vel max
          {"lat":52}                                                      | _type required
          {"_type":7}                                                     | _type type
          [{"_type":"status"},{"_type":"location"}] | [1].lat required, [1].lon required, [1].tst required
          [[]]                                                            | [0] type
          """)
  void malformedLocationOfOwnTracksIsRefused(String body, String errors) {
    ApiClient.Answer answer = ownTracks(api, body).send();

    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    assertThat(String.join(", ", told(answer))).isEqualTo(errors);
    assertThat(queued()).isEmpty();
  }

  @Test
  void ownTracksNeedsTheLinksToken() {
    assertThat(
            api.post("/api/v1/owntracks")
                .header("Authorization", basic("anybody:wrong.token"))
                .json(location(NOW))
                .send()
                .status())
        .isEqualTo(401);
    assertThat(api.post("/api/v1/owntracks").json(location(NOW)).send().status()).isEqualTo(401);
    assertThat(
            api.post("/api/v1/owntracks")
                .bearer(tenant.accessToken(NOW))
                .json(location(NOW))
                .send()
                .status())
        .isEqualTo(401);
  }

  private ApiClient.Call ownTracks(ApiClient client, String body) {
    return client
        .post("/api/v1/owntracks")
        .header("Authorization", basic(participant + ":" + link))
        .header("X-Limit-U", "brendan")
        .header("X-Limit-D", "phone")
        .json(body);
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static String location(Instant fixed) {
    return "{\"_type\":\"location\",\"lat\":52,\"lon\":-8,\"tst\":" + fixed.getEpochSecond() + "}";
  }

  private ApiClient.Answer send(String body) {
    return api.post(locations(participant)).bearer(link).json(body).send();
  }

  private static String locations(UUID participant) {
    return "/api/v1/participants/" + participant + "/locations";
  }

  private static String ping(String clock) {
    return "{\"latitude\":52,\"longitude\":-8,\"recorded_at\":\"2026-03-01T" + clock + "Z\"}";
  }

  private static List<String> told(ApiClient.Answer answer) {
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

  private static String problem(ApiClient.Answer answer) {
    String type = answer.json().path("type").asText();
    return type.substring(type.lastIndexOf(':') + 1);
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
        assertThat(message.body().length()).isLessThan(100_000);
        messages.add(PingMessage.parse(message.body()));
        sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receiptHandle()));
      }
    } while (!received.isEmpty());
    return messages;
  }
}
