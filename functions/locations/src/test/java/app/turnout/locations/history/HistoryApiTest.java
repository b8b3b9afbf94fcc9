package app.turnout.locations.history;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.locations.TestTenant;
import app.turnout.platform.http.HttpFunction;
import app.turnout.testing.ApiClient;
import app.turnout.testing.OpenApiDocument;
import app.turnout.testing.OpenApiResponses;
import app.turnout.testing.SettableTime;
import app.turnout.testing.TestDatabase;
import app.turnout.testing.TestFunctions;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HistoryApiTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final Instant NOW = SettableTime.START;

  private static HttpFunction function;
  private static ApiClient api;

  private TestTenant tenant;
  private String token;
  private UUID event;
  private UUID participant;

  @BeforeAll
  static void start() {
    Map<String, Object> properties = new HashMap<>(TestFunctions.aws());
    properties.putAll(TestFunctions.properties("locations", DATABASE, TestDatabase.APP));
    properties.put("turnout.queues.pings", TestFunctions.queueUrl("pings-of-the-history-test"));
    function = new HttpFunction(properties) {};
    api = new ApiClient(function, OpenApiResponses.of(OpenApiDocument.ofArea("locations")));
  }

  @AfterAll
  static void stop() {
    function.close();
  }

  @BeforeEach
  void begin() {
    tenant = new TestTenant(DATABASE.owner());
    token = tenant.accessToken(NOW);
    event = tenant.event(NOW.plus(Duration.ofMinutes(30)), NOW.plus(Duration.ofHours(3)));
    participant = tenant.consenting(event);
  }

  @Test
  void historyIsPagedInTheOrderOfRecording() {
    for (int i : List.of(3, 0, 4, 1, 2)) {
      store(participant, NOW.plusSeconds(i * 60L), 52 + i, -8);
    }

    JsonNode first = json(ofParticipant("?limit=2"));
    assertThat(first.path("data").toString())
        .startsWith(
            """
            [{"latitude":52.0,"longitude":-8.0,"recorded_at":"2026-03-01T09:00:00Z",\
            "received_at":"2026-03-01T10:00:00Z","accuracy_metres":null,"altitude_metres":null,\
            "speed_metres_per_second":3.5,"heading_degrees":null,"battery_percent":null},\
            """);
    assertThat(latitudes(pages(ofParticipant("?limit=2"))))
        .containsExactly(52.0, 53.0, 54.0, 55.0, 56.0);
    assertThat(
            latitudes(
                pages(ofParticipant("?from=2026-03-01T10:01:00%2B01:00&to=2026-03-01T09:03:00Z"))))
        .containsExactly(53.0, 54.0);
  }

  @Test
  void historyOfAnEventComesParticipantByParticipant() {
    List<UUID> participants = new ArrayList<>(List.of(participant));
    for (int i = 0; i < 4; i++) {
      participants.add(tenant.consenting(event));
    }
    UUID elsewhere = tenant.consenting(tenant.event(NOW, NOW.plus(Duration.ofHours(1))));
    store(elsewhere, NOW, 10, -8);
    for (int i = 0; i < 5; i++) {
      for (int minute = 0; minute <= i; minute++) {
        store(participants.get(i), NOW.plus(Duration.ofMinutes(minute)), 50 + i, -8);
      }
    }
    participants.sort((a, b) -> a.toString().compareTo(b.toString()));

    for (String query : List.of("?limit=1", "?limit=2", "?limit=4", "?limit=100")) {
      List<JsonNode> all = pages(ofEvent(query));

      assertThat(all).hasSize(15);
      assertThat(all.stream().map(ping -> ping.path("participant_id").asText()).distinct())
          .containsExactlyElementsOf(participants.stream().map(UUID::toString).toList());
      assertThat(new HashSet<>(all)).hasSize(15);
    }
    assertThat(pages(ofEvent("?from=2026-03-01T09:03:00Z&limit=2"))).hasSize(3);
    assertThat(pages(ofEvent("?to=2026-03-01T09:01:00Z&limit=2"))).hasSize(5);
    assertThat(pages(ofEvent("?occurrence_id=" + event))).hasSize(15);
  }

  @Test
  void latestPositionsOfAnEventAreThoseThatThereAre() {
    store(participant, NOW, 52, -8);
    store(participant, NOW.plusSeconds(60), 53, -8);
    UUID second = tenant.consenting(event);
    store(second, NOW, 54, -8);
    tenant.consenting(event);

    List<JsonNode> latest = pages("/api/v1/events/" + event + "/locations/latest?limit=1");

    assertThat(latitudes(latest)).containsExactlyInAnyOrder(53.0, 54.0);
    assertThat(
            json("/api/v1/participants/" + participant + "/locations/latest")
                .path("recorded_at")
                .asText())
        .isEqualTo("2026-03-01T09:01:00Z");
  }

  @Test
  void latestPositionIsShownOnceThereIsOne() {
    String path = "/api/v1/participants/" + participant + "/locations/latest";
    assertThat(get(path).status()).isEqualTo(404);

    store(participant, NOW, 52, -8);

    assertThat(get(path).status()).isEqualTo(200);
  }

  @Test
  void simplifiedTrackIsPagedWithoutLosingItsShape() {
    // Ten kilometres north, then as far east, with a ping each hundred metres, and one aside.
    for (int i = 0; i <= 100; i++) {
      store(participant, NOW.plusSeconds(i), 52 + i * 0.0009, i == 50 ? -8.001 : -8);
    }
    for (int i = 1; i <= 100; i++) {
      store(participant, NOW.plusSeconds(100 + i), 52.09, -8 + i * 0.0015);
    }

    List<JsonNode> at5 = pages(ofParticipant("?simplify=5&limit=2"));
    List<JsonNode> at500 = pages(ofParticipant("?simplify=500&limit=2"));

    assertThat(latitudes(at5)).containsExactly(52.0, 52.0441, 52.045, 52.0459, 52.09, 52.09);
    assertThat(latitudes(at500)).containsExactly(52.0, 52.09, 52.09);
    assertThat(pages(ofEvent("?simplify=500&limit=2"))).hasSize(3);
    assertThat(pages(ofEvent("?simplify=500&limit=1"))).hasSize(3);
  }

  @Test
  void gpxHasTheTracksByNameInSegmentsBetweenSilences() throws Exception {
    tenant.execute(
        "update participants set name = :name where id = :participant",
        Map.of("name", "Zoë <&\u0001 Co", "participant", participant));
    store(participant, NOW, 52, -8);
    store(participant, NOW.plusSeconds(600), 0.00001, -8);
    store(participant, NOW.plusSeconds(1_201), 52.2, -8);
    store(tenant.consenting(event), NOW, 53, -8);

    ApiClient.Answer answer = get(ofEvent("?format=gpx"));
    Document gpx = parse(answer);

    assertThat(answer.header("Content-Type")).startsWith("application/gpx+xml");
    assertThat(answer.header("Content-Disposition")).contains("tracks.gpx");
    assertThat(gpx.getDocumentElement().getNamespaceURI())
        .isEqualTo("http://www.topografix.com/GPX/1/1");
    assertThat(texts(gpx, "name")).containsExactlyInAnyOrder("Zoë <& Co", "Brendan");
    assertThat(gpx.getElementsByTagName("trkseg").getLength()).isEqualTo(3);
    assertThat(texts(gpx, "time")).contains("2026-03-01T09:20:01Z");
    NodeList points = gpx.getElementsByTagName("trkpt");
    Set<String> latitudes = new HashSet<>();
    for (int i = 0; i < points.getLength(); i++) {
      latitudes.add(((Element) points.item(i)).getAttribute("lat"));
    }
    assertThat(latitudes).containsExactlyInAnyOrder("52.0", "0.000010", "52.2", "53.0");
  }

  @Test
  void geoJsonHasAFeatureAParticipant() {
    store(participant, NOW, 52, -8);
    store(participant, NOW.plusSeconds(60), 52.5, -8.5);
    UUID second = tenant.consenting(event);
    store(second, NOW, 53, -9);

    JsonNode collection = json(ofEvent("?format=geojson"));

    assertThat(collection.path("type").asText()).isEqualTo("FeatureCollection");
    assertThat(collection.path("features").size()).isEqualTo(2);
    JsonNode line = feature(collection, participant);
    assertThat(line.path("geometry"))
        .hasToString("{\"type\":\"LineString\",\"coordinates\":[[-8.0,52.0],[-8.5,52.5]]}");
    assertThat(line.path("properties").path("name").asText()).isEqualTo("Brendan");
    assertThat(line.path("properties").path("recorded_at").toString())
        .isEqualTo("[\"2026-03-01T09:00:00Z\",\"2026-03-01T09:01:00Z\"]");
    assertThat(feature(collection, second).path("geometry").path("coordinates").size())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/geo+json | application/geo+json",
        "application/gpx+xml | application/gpx+xml",
        "application/json | application/json",
        "*/* | application/json",
        "application/gpx+xml;q=0.2, application/geo+json;q=0.8 | application/geo+json",
        "text/html, */*;q=0.1 | application/json",
      })
  void acceptChoosesTheFormat(String accept, String type) {
    store(participant, NOW, 52, -8);

    ApiClient.Answer answer =
        api.get(ofParticipant("")).header("Accept", accept).bearer(token).send();

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith(type);
    assertThat(answer.header("Vary")).contains("Accept");
  }

  @Test
  void namedFormatGoesBeforeAccept() {
    store(participant, NOW, 52, -8);

    ApiClient.Answer answer =
        api.get(ofParticipant("?format=gpx"))
            .header("Accept", "application/json")
            .bearer(token)
            .send();

    assertThat(answer.header("Content-Type")).startsWith("application/gpx+xml");
  }

  @Test
  void longTrackComesInFilesOneAfterTheOther() throws Exception {
    storeEverySecond(participant, ReadHistory.MOST_READ + 2_500, -8);
    UUID second = tenant.consenting(event);
    storeEverySecond(second, ReadHistory.MOST_READ - 2_500, 8);

    List<Integer> sizes = new ArrayList<>();
    Set<String> points = new HashSet<>();
    String path = ofEvent("?format=gpx");
    while (path != null) {
      ApiClient.Answer answer = get(path);
      Document gpx = parse(answer);
      NodeList found = gpx.getElementsByTagName("trkpt");
      sizes.add(found.getLength());
      for (int i = 0; i < found.getLength(); i++) {
        points.add(((Element) found.item(i)).getAttribute("lon") + found.item(i).getTextContent());
      }
      path = next(answer);
    }

    assertThat(sizes).containsExactly(ReadHistory.MOST_READ, ReadHistory.MOST_READ);
    assertThat(points).hasSize(2 * ReadHistory.MOST_READ);

    JsonNode line = json(ofParticipant("?format=geojson&simplify=10"));
    assertThat(line.at("/features/0/geometry/coordinates").size()).isLessThan(50);
    assertThat(line.path("next_cursor").isNull()).isFalse();
    ApiClient.Answer part = get(ofParticipant("?format=geojson&simplify=10"));
    JsonNode rest = json(String.valueOf(next(part)));
    assertThat(rest.at("/features/0/properties/recorded_at/0").asText())
        .isGreaterThan(line.at("/features/0/properties/recorded_at").get(1).asText());
    assertThat(rest.path("next_cursor").isNull()).isTrue();
  }

  @Test
  void nothingIsAnEmptyAnswerInEachFormat() throws Exception {
    assertThat(json(ofEvent("")).path("data").isEmpty()).isTrue();
    assertThat(json(ofEvent("?format=geojson")).path("features").isEmpty()).isTrue();
    assertThat(parse(get(ofEvent("?format=gpx"))).getElementsByTagName("trk").getLength()).isZero();
    assertThat(json(ofParticipant("?simplify=5")).path("data").isEmpty()).isTrue();
  }

  @Test
  void othersSeeNothing() {
    store(participant, NOW, 52, -8);
    String link = tenant.link(participant);
    String foreign = new TestTenant(DATABASE.owner()).accessToken(NOW);

    for (String path :
        List.of(
            ofParticipant(""),
            ofEvent(""),
            ofEvent("?format=gpx"),
            ofEvent("?occurrence_id=" + event),
            "/api/v1/events/" + event + "/locations/latest",
            "/api/v1/participants/" + participant + "/locations/latest")) {
      assertThat(api.get(path).bearer(foreign).send().status()).as(path).isEqualTo(404);
      assertThat(api.get(path).bearer(link).send().status()).as(path).isEqualTo(401);
      assertThat(api.get(path).send().status()).as(path).isEqualTo(401);
    }
    UUID other = tenant.event(NOW, NOW.plus(Duration.ofHours(1)));
    assertThat(get(ofEvent("?occurrence_id=" + other)).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, limit",
    "limit=101, limit",
    "cursor=x, cursor",
    "from=yesterday, from",
    "to=2026-03-01, to",
    "from=2026-03-01T09:00:00Z&to=2026-03-01T08:00:00Z, to",
    "simplify=0, simplify",
    "simplify=-1, simplify",
    "simplify=100001, simplify",
    "simplify=NaN, simplify",
    "simplify=Infinity, simplify",
    "simplify=far, simplify",
    "format=kml, format",
    "format=GPX, format",
    "format=, format",
  })
  void badParametersAreNamed(String query, String name) {
    for (String path : List.of(ofParticipant("?" + query), ofEvent("?" + query))) {
      ApiClient.Answer answer = get(path);

      assertThat(answer.status()).as(path + answer.body()).isEqualTo(400);
      assertThat(answer.json().path("errors").path(0).path("field").asText()).isEqualTo(name);
    }
  }

  @Test
  void cursorOfAnotherParticipantIsRefused() {
    store(participant, NOW, 52, -8);
    store(participant, NOW.plusSeconds(1), 52, -8);
    String cursor = json(ofParticipant("?limit=1")).path("next_cursor").asText();
    UUID other = tenant.consenting(event);

    ApiClient.Answer answer = get("/api/v1/participants/" + other + "/locations?cursor=" + cursor);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo("cursor");
  }

  @Test
  void timesBeyondAllDatesAreNoFailure() {
    store(participant, NOW, 52, -8);

    for (String query :
        List.of(
            "?from=-99999-01-01T00:00:00Z",
            "?to=%2B999999999-12-31T23:59:59Z",
            "?from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z")) {
      assertThat(get(ofParticipant(query)).status()).as(query).isIn(200, 400);
      assertThat(get(ofEvent(query)).status()).as(query).isIn(200, 400);
    }
  }

  private ApiClient.Answer get(String path) {
    return api.get(path).bearer(token).send();
  }

  private JsonNode json(String path) {
    ApiClient.Answer answer = get(path);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private String ofParticipant(String query) {
    return "/api/v1/participants/" + participant + "/locations" + query;
  }

  private String ofEvent(String query) {
    return "/api/v1/events/" + event + "/locations" + query;
  }

  /// All entries of a list, by its cursors, which the header tells, too.
  private List<JsonNode> pages(String path) {
    List<JsonNode> all = new ArrayList<>();
    String cursor = "";
    while (true) {
      ApiClient.Answer answer = get(path + cursor);
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      answer.json().path("data").forEach(all::add);
      JsonNode next = answer.json().path("next_cursor");
      if (next.isNull()) {
        return all;
      }
      cursor = (path.contains("?") ? "&" : "?") + "cursor=" + next.asText();
    }
  }

  private static JsonNode feature(JsonNode collection, UUID participant) {
    for (JsonNode feature : collection.path("features")) {
      if (feature.path("id").asText().equals(participant.toString())) {
        return feature;
      }
    }
    throw new AssertionError("No feature of " + participant);
  }

  private static @Nullable String next(ApiClient.Answer answer) {
    String link = answer.header("Link");
    return link == null ? null : link.substring(1, link.indexOf('>'));
  }

  private static List<Double> latitudes(List<JsonNode> pings) {
    return pings.stream().map(ping -> ping.path("latitude").asDouble()).toList();
  }

  private static Document parse(ApiClient.Answer answer) throws Exception {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(answer.body())));
  }

  private static List<String> texts(Document document, String element) {
    NodeList found = document.getElementsByTagName(element);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      texts.add(found.item(i).getTextContent());
    }
    return texts;
  }

  private void store(UUID participant, Instant recordedAt, double latitude, double longitude) {
    tenant.execute(
        """
        with ping as (
          insert into pings (
            organization_id, occurrence_id, participant_id, recorded_at, received_at, latitude,
            longitude, speed_metres_per_second, source)
          select
            p.organization_id, p.occurrence_id, p.id, :recorded, '2026-03-01 10:00Z', :latitude,
            :longitude, 3.5, 'json'
          from participants p
          where p.id = :participant
          returning *)
        insert into latest_positions (
          participant_id, organization_id, occurrence_id, recorded_at, received_at, latitude,
          longitude, speed_metres_per_second, source)
        select
          participant_id, organization_id, occurrence_id, recorded_at, received_at, latitude,
          longitude, speed_metres_per_second, source
        from ping
        on conflict (participant_id) do update
        set recorded_at = excluded.recorded_at, latitude = excluded.latitude
        where excluded.recorded_at > latest_positions.recorded_at
        """,
        Map.of(
            "participant",
            participant,
            "recorded",
            recordedAt.atOffset(ZoneOffset.UTC),
            "latitude",
            latitude,
            "longitude",
            longitude));
  }

  /// Due east, with an hour's wobble.
  private void storeEverySecond(UUID participant, int pings, int longitude) {
    tenant.execute(
        """
        insert into pings (
          organization_id, occurrence_id, participant_id, recorded_at, received_at, latitude,
          longitude, source)
        select
          p.organization_id, p.occurrence_id, p.id, :start + make_interval(secs => i),
          '2026-03-01 10:00Z', 52 + 0.001 * sin(i / 600.0),
          :longitude + i * 0.00001, 'json'
        from participants p
        cross join generate_series(1, :pings - 1) as i
        where p.id = :participant
        """,
        Map.of(
            "participant",
            participant,
            "pings",
            pings,
            "longitude",
            longitude,
            "start",
            NOW.atOffset(ZoneOffset.UTC)));
    store(participant, NOW.plusSeconds(pings), 52, longitude);
  }
}
