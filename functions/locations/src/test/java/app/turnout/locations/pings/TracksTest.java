package app.turnout.locations.pings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import app.turnout.container.AlsoOnLocalStack;
import app.turnout.locations.PingMessage;
import app.turnout.locations.PingSource;
import app.turnout.locations.TestTenant;
import app.turnout.platform.problem.ProblemException;
import app.turnout.testing.ApiClient;
import app.turnout.testing.OpenApiDocument;
import app.turnout.testing.OpenApiResponses;
import app.turnout.testing.SettableTime;
import app.turnout.testing.TestDatabase;
import app.turnout.testing.TestFunctions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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

@AlsoOnLocalStack
class TracksTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final String QUEUE = "pings-of-the-tracks-test";
  private static final Instant NOW = SettableTime.START;
  private static final Instant STARTS = NOW.plus(Duration.ofMinutes(30));
  private static final Instant ENDS = NOW.plus(Duration.ofHours(3));

  private static LocationsFunction function;
  private static ApiClient api;

  private TestTenant tenant;
  private UUID participant;
  private String link;

  @BeforeAll
  static void start() {
    Map<String, Object> properties = new HashMap<>(TestFunctions.aws());
    properties.putAll(TestFunctions.properties("locations", DATABASE, TestDatabase.APP));
    properties.put("turnout.queues.pings", TestFunctions.queueUrl(QUEUE));
    properties.put("micronaut.server.max-request-size", "4MB");
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
    at(ENDS.plus(Duration.ofHours(1)));
    tenant = new TestTenant(DATABASE.owner());
    participant = tenant.consenting(tenant.event(STARTS, ENDS));
    link = tenant.link(participant);
  }

  @Test
  void trackPointsAreTakenOverAllTracksAndSegments() {
    ApiClient.Answer answer =
        send(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1"
                 xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v2">
              <metadata><time>2026-03-01T00:00:00Z</time></metadata>
              <wpt lat="1" lon="1"><time>2026-03-01T10:00:00Z</time></wpt>
              <rte><rtept lat="1" lon="1"><time>2026-03-01T10:00:00Z</time></rtept></rte>
              <trk><name>Way</name>
                <trkseg>
                  <trkpt lat="52.664" lon="-8.6267"><ele>12.5</ele>
                    <time>2026-03-01T09:40:00.250+00:00</time><name>a</name><hdop>1</hdop>
                    <extensions><gpxtpx:TrackPointExtension><gpxtpx:speed>3.5</gpxtpx:speed>
                      <gpxtpx:course>271</gpxtpx:course></gpxtpx:TrackPointExtension></extensions>
                  </trkpt>
                </trkseg>
                <trkseg><trkpt lon="-8.5" lat="52.5"><time>2026-03-01T09:41:00Z</time></trkpt></trkseg>
              </trk>
              <trk><trkseg><trkpt lat="52.4" lon="-8.4"><time>
                2026-03-01T09:42:00Z </time><speed>-1</speed></trkpt></trkseg></trk>
            </gpx>
            """);

    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    assertThat(answer.body())
        .isEqualTo("{\"points\":3,\"accepted\":3,\"refused_count\":0,\"refused\":[]}");
    PingMessage message = queued().getFirst();
    assertThat(message.source()).isEqualTo(PingSource.GPX);
    assertThat(message.pings()).hasSize(3);
    assertThat(message.pings().getFirst())
        .hasToString(
            "Ping[recordedAt=2026-03-01T09:40:00.250Z,"
                + " position=GeoPoint[latitude=52.664, longitude=-8.6267], accuracyMetres=null,"
                + " altitudeMetres=12.5, speedMetresPerSecond=3.5, headingDegrees=271.0,"
                + " batteryPercent=null]");
    assertThat(message.pings().getLast().speedMetresPerSecond()).isNull();
  }

  @Test
  void eachPointIsJudgedByItself() {
    ApiClient.Answer answer =
        send(
            gpx(
                point("52", "09:40:00")
                    + "<trkpt lat='52' lon='-8'/>"
                    + point("91", "09:41:00")
                    + point("52", "08:29:59")
                    + point("52", "12:00:01")
                    + point("52", "soon")
                    + point("north", "09:42:00")
                    + "<trkpt lon='-8'><time>2026-03-01T09:43:00Z</time></trkpt><trkpt lat='52'"
                    + " lon='-8'><time>2026-03-01T09:44:00Z</time><speed>401</speed></trkpt>"
                    + point("52", "09:45:00")));

    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    assertThat(answer.json().path("accepted").asInt()).isEqualTo(2);
    assertThat(answer.json().path("refused_count").asInt()).isEqualTo(8);
    assertThat(told(answer))
        .containsExactly(
            "1 time required",
            "2 lat max",
            "3 recorded_at tracking_window",
            "4 recorded_at tracking_window",
            "5 time date_time",
            "6 lat type",
            "7 lat required",
            "8 speed max");
    assertThat(queued().getFirst().pings()).hasSize(2);
  }

  @Test
  void trackIsTakenUntilTwoDaysAfterTheEnd() {
    at(ENDS.plus(Duration.ofDays(2)));
    assertThat(send(gpx(point("52", "09:40:00"))).status()).isEqualTo(202);

    at(ENDS.plus(Duration.ofDays(2)).plusMillis(1));
    ApiClient.Answer late = send(gpx(point("52", "09:40:00")));

    assertThat(late.status()).isEqualTo(409);
    assertThat(late.json().path("type").asText()).endsWith(":no_longer_open");
    assertThat(queued()).hasSize(1);
  }

  @Test
  void pointsOfTheFutureAreRefused() {
    at(NOW);

    assertThat(told(send(gpx(point("52", "09:00:00") + point("52", "09:10:00")))))
        .containsExactly("1 recorded_at future");
  }

  @Test
  void consentAndWindowHoldForTracksToo() {
    ApiClient.Answer outside = send(gpx(point("52", "07:00:00")));
    assertThat(outside.status()).isEqualTo(409);
    assertThat(outside.json().path("type").asText()).endsWith(":outside_tracking_window");

    tenant.consent(participant, false);
    assertThat(send(gpx(point("52", "09:40:00"))).json().path("type").asText())
        .endsWith(":consent_missing");
    assertThat(queued()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
                                                       | 400
          {"latitude": 1}                              | 400
          <gpx><trk><trkseg><trkpt lat="1" lon="1">    | 400
          <gpx>&nosuch;</gpx>                          | 400
          <kml/>                                       | 422
          <gpx/>                                       | 422
          <gpx><wpt lat="1" lon="1"/></gpx>            | 422
          <!DOCTYPE gpx [<!ENTITY a "b">]><gpx>&a;</gpx> | 422
          <!DOCTYPE gpx SYSTEM "http://127.0.0.1:1/x.dtd"><gpx/> | 422
          <!DOCTYPE gpx [<!ENTITY % x SYSTEM "file:///etc/passwd">%x;]><gpx/> | 422
          <gpx><trk><trkseg><trkpt lat="1" lon="1"/></trkseg></trk></gpx> | 422
          """)
  void whatIsNoTrackIsRefused(String body, int status) {
    ApiClient.Answer answer = send(body == null ? "" : body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(queued()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "ISO-8859-1"})
  void otherEncodingsThatXmlSaysAreRead(String encoding) {
    String file = gpx("<!-- caf\u00e9 -->" + point("52", "09:40:00"));
    ApiClient.Answer answer =
        call()
            .header("Content-Type", "application/gpx+xml")
            .bytes(
                ("<?xml version=\"1.0\" encoding=\"" + encoding + "\"?>" + file)
                    .getBytes(java.nio.charset.Charset.forName(encoding)))
            .send();

    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
  }

  @Test
  void longTrackGoesInMessagesOfFiveHundredPings() throws IOException {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < 10_800; i++) {
      points.append(
          "<trkpt lat=\"52.%06d\" lon=\"-8.%06d\"><ele>%d.5</ele><time>%s</time></trkpt>"
              .formatted(i, 999_999 - i, i % 100, STARTS.minusSeconds(1800).plusSeconds(i)));
    }
    byte[] zipped = gzip(gpx(points.toString()));

    ApiClient.Answer answer =
        call()
            .header("Content-Type", "application/gpx+xml")
            .header("Content-Encoding", "gzip")
            .bytes(zipped)
            .send();

    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    assertThat(answer.json().path("accepted").asInt()).isEqualTo(10_800);
    List<PingMessage> messages = queued();
    assertThat(messages).hasSize(22);
    assertThat(messages.stream().mapToInt(m -> m.pings().size()).sum()).isEqualTo(10_800);
  }

  @Test
  void tooManyPointsAreRefused() throws IOException {
    String many = point("52", "09:40:00").repeat(GpxTrack.MOST_POINTS + 1);

    ApiClient.Answer answer =
        call()
            .header("Content-Type", "application/gpx+xml")
            .header("Content-Encoding", "gzip")
            .bytes(gzip(gpx(many)))
            .send();

    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    assertThat(answer.json().at("/errors/0/rule").asText()).isEqualTo("max_items");
    assertThat(queued()).isEmpty();
  }

  @Test
  void brokenFilesAreNeverOurFault() {
    byte[] good = gpx(point("52", "09:40:00").repeat(5)).getBytes(StandardCharsets.UTF_8);
    Random random = new Random(20260301);
    for (int i = 0; i < 2_000; i++) {
      byte[] broken = good.clone();
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      }
      assertThatCode(
              () -> {
                try {
                  GpxTrack.read(broken);
                } catch (ProblemException e) {
                  assertThat(e.type().status()).isIn(400, 422);
                }
              })
          .doesNotThrowAnyException();
    }
  }

  @Test
  void othersAreNotThere() {
    UUID neighbour = tenant.consenting(tenant.event(STARTS, ENDS));

    assertThat(
            api.post("/api/v1/participants/" + neighbour + "/locations/gpx")
                .bearer(link)
                .header("Content-Type", "application/gpx+xml")
                .rawBody(gpx(point("52", "09:40:00")), false)
                .send()
                .status())
        .isEqualTo(404);
    assertThat(queued()).isEmpty();
  }

  private ApiClient.Call call() {
    return api.post("/api/v1/participants/" + participant + "/locations/gpx").bearer(link);
  }

  private ApiClient.Answer send(String file) {
    return call().header("Content-Type", "application/gpx+xml").rawBody(file, false).send();
  }

  private static void at(Instant time) {
    function.context().getBean(SettableTime.class).set(time);
  }

  private static String gpx(String points) {
    return "<gpx version=\"1.1\" xmlns=\"http://www.topografix.com/GPX/1/1\"><trk><trkseg>"
        + points
        + "</trkseg></trk></gpx>";
  }

  private static String point(String latitude, String clock) {
    return "<trkpt lat=\"%s\" lon=\"-8\"><time>2026-03-01T%sZ</time></trkpt>"
        .formatted(latitude, clock);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zipped = new GZIPOutputStream(bytes)) {
      zipped.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static List<String> told(ApiClient.Answer answer) {
    List<String> told = new ArrayList<>();
    answer
        .json()
        .path("refused")
        .forEach(
            e ->
                told.add(
                    e.path("index").asText()
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
