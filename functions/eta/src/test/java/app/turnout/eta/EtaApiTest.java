package app.turnout.eta;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.domain.GeoPoint;
import app.turnout.platform.http.HttpFunction;
import app.turnout.testing.ApiClient;
import app.turnout.testing.OpenApiDocument;
import app.turnout.testing.OpenApiResponses;
import app.turnout.testing.SettableTime;
import app.turnout.testing.TestDatabase;
import app.turnout.testing.TestFunctions;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EtaApiTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final Place PLACE = new Place(new GeoPoint(52.672777, -8.570741), 150);
  private static final List<Ping> RIDE = Gpx.pings("/tracks/limerick-bus-304.gpx");
  private static final Instant NOW = Instant.parse("2019-02-18T08:50:30Z");
  private static final Instant STARTS = Instant.parse("2019-02-18T08:45:00Z");
  private static final Instant ENDS = Instant.parse("2019-02-18T10:00:00Z");

  private static HttpFunction function;
  private static ApiClient api;

  private TestTenant tenant;
  private UUID event;
  private String token;

  @BeforeAll
  static void start() {
    Map<String, Object> properties =
        new HashMap<>(TestFunctions.properties("eta", DATABASE, TestDatabase.APP));
    properties.putAll(TestFunctions.aws());
    properties.put("turnout.tables.router-breakers", "router-breakers");
    function = new HttpFunction(properties) {};
    function.context().getBean(SettableTime.class).set(NOW);
    api = new ApiClient(function, OpenApiResponses.of(OpenApiDocument.ofArea("eta")));
  }

  @AfterAll
  static void stop() {
    function.close();
  }

  @BeforeEach
  void makeEvent() {
    tenant = new TestTenant(DATABASE.owner(), "org_operator");
    event = tenant.event(PLACE, STARTS, ENDS);
    token = tenant.accessToken(NOW);
  }

  @Test
  void participantOnTheWayIsForetoldFromTheLastPing() {
    UUID participant = tenant.participant(event, 1);
    tenant.pings(event, participant, rideUntil("2019-02-18T08:50:05Z"));

    ApiClient.Answer answer = list("");

    assertThat(answer.status()).isEqualTo(200);
    JsonNode etas = answer.json();
    assertThat(etas.path("event_id").asText()).isEqualTo(event.toString());
    assertThat(etas.path("occurrence_id").asText()).isEqualTo(event.toString());
    assertThat(etas.path("as_of").asText()).isEqualTo("2019-02-18T08:50:30Z");
    assertThat(etas.path("destination"))
        .hasToString(
            "{\"latitude\":52.672777,\"longitude\":-8.570741,\"arrival_radius_metres\":150.0}");
    assertThat(etas.path("next_cursor").isNull()).isTrue();
    JsonNode entry = etas.path("data").path(0);
    assertThat(entry.path("participant_id").asText()).isEqualTo(participant.toString());
    assertThat(entry.path("name").asText()).isEqualTo("Brendan 1");
    assertThat(entry.path("strategy").asText()).isEqualTo("velocity");
    assertThat(entry.path("moving").asBoolean()).isTrue();
    assertThat(entry.path("arrived").asBoolean()).isFalse();
    assertThat(entry.path("arrived_at").isNull()).isTrue();
    assertThat(entry.path("distance_metres").asLong()).isBetween(2_300L, 2_500L);
    Instant last = Instant.parse(entry.path("last_ping_at").asText());
    assertThat(entry.path("ping_age_seconds").asLong())
        .isEqualTo(Duration.between(last, NOW).toSeconds());
    Instant eta = Instant.parse(entry.path("eta").asText());
    assertThat(eta)
        .isBetween(Instant.parse("2019-02-18T08:57:00Z"), Instant.parse("2019-02-18T09:04:00Z"));
    assertThat(entry.path("seconds").asLong()).isEqualTo(Duration.between(NOW, eta).toSeconds());
  }

  @Test
  void listAndSingleAnswerAgree() {
    UUID participant = tenant.participant(event, 1);
    tenant.pings(event, participant, rideUntil("2019-02-18T08:50:05Z"));

    JsonNode listed = list("").json().path("data").path(0);
    JsonNode single = get("/api/v1/eta/participants/" + participant, token).json();

    listed
        .properties()
        .forEach(field -> assertThat(single.get(field.getKey())).isEqualTo(field.getValue()));
    assertThat(single.path("event_id").asText()).isEqualTo(event.toString());
    assertThat(single.path("as_of").asText()).isEqualTo("2019-02-18T08:50:30Z");
  }

  @Test
  void whoHasSentNothingIsListedWithNulls() {
    UUID participant = tenant.participant(event, 1);

    assertThat(list("").json().path("data").path(0))
        .hasToString(
            """
            {"participant_id":"%s","name":"Brendan 1","state":"no_position","strategy":null,\
            "travel_mode":"car","eta":null,"seconds":null,"distance_metres":null,\
            "route_metres":null,"off_road_metres":null,"moving":null,"arrived":false,\
            "arrived_at":null,"last_ping_at":null,"ping_age_seconds":null}\
            """
                .formatted(participant));
  }

  @Test
  void whoHasArrivedStaysArrivedAtThatTime() {
    UUID participant = tenant.participant(event, 1);
    tenant.pings(event, participant, rideUntil("2019-02-18T08:50:05Z"));
    tenant.arrived(event, participant, Instant.parse("2019-02-18T08:40:00Z"));

    JsonNode entry = list("").json().path("data").path(0);

    assertThat(entry.path("arrived").asBoolean()).isTrue();
    assertThat(entry.path("arrived_at").asText()).isEqualTo("2019-02-18T08:40:00Z");
    assertThat(entry.path("eta").asText()).isEqualTo("2019-02-18T08:40:00Z");
    assertThat(entry.path("seconds").asLong()).isZero();
    assertThat(entry.path("distance_metres").asLong()).isGreaterThan(2_000);
  }

  @Test
  void latestPositionAloneIsEnough() {
    UUID participant = tenant.participant(event, 1);
    tenant.pings(event, participant, List.of(RIDE.getFirst()));

    JsonNode entry = list("").json().path("data").path(0);

    assertThat(entry.path("strategy").asText()).isEqualTo("simple");
    assertThat(entry.path("moving").asBoolean()).isFalse();
    assertThat(entry.path("seconds").asLong()).isZero();
  }

  @Test
  void listIsPaged() {
    for (int number = 1; number <= 3; number++) {
      tenant.participant(event, number);
    }

    JsonNode first = list("?limit=2").json();
    JsonNode second = list("?limit=2&cursor=" + first.path("next_cursor").asText()).json();

    assertThat(first.path("data")).extracting(JsonNode::size).hasSize(2);
    assertThat(second.path("data").path(0).path("name").asText()).isEqualTo("Brendan 3");
    assertThat(second.path("next_cursor").isNull()).isTrue();
    assertThat(list("?cursor=nonsense").status()).isEqualTo(400);
    assertThat(list("?limit=101").status()).isEqualTo(400);
  }

  @Test
  void dateIsChosenByItsId() {
    UUID other = tenant.event(PLACE, STARTS, ENDS);

    assertThat(list("?occurrence_id=" + event).status()).isEqualTo(200);
    assertThat(list("?occurrence_id=" + other).status()).isEqualTo(404);
    assertThat(list("?occurrence_id=monday").status()).isEqualTo(400);
  }

  @Test
  void eventWithoutPositionHasNoDestination() {
    UUID nowhere = tenant.event(null, STARTS, ENDS);
    UUID participant = tenant.participant(nowhere, 1);

    ApiClient.Answer answer = get("/api/v1/eta/events/" + nowhere, token);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.json().path("type").asText()).isEqualTo("urn:turnout:problem:no_destination");
    assertThat(get("/api/v1/eta/participants/" + participant, token).status()).isEqualTo(409);
  }

  @Test
  void otherTenantsSeeNothing() {
    UUID participant = tenant.participant(event, 1);
    tenant.pings(event, participant, rideUntil("2019-02-18T08:50:05Z"));
    String foreign = new TestTenant(DATABASE.owner(), "org_owner").accessToken(NOW);

    assertThat(get("/api/v1/eta/events/" + event, foreign).status()).isEqualTo(404);
    assertThat(get("/api/v1/eta/participants/" + participant, foreign).status()).isEqualTo(404);
  }

  @Test
  void positionsAreNotForEveryone() {
    UUID participant = tenant.participant(event, 1);
    UUID other = tenant.participant(event, 2);
    tenant.pings(event, participant, rideUntil("2019-02-18T08:50:05Z"));
    String link = tenant.link(participant);
    TestTenant viewers = new TestTenant(DATABASE.owner(), "org_viewer");

    assertThat(api.get("/api/v1/eta/events/" + event).send().status()).isEqualTo(401);
    assertThat(get("/api/v1/eta/events/" + event, viewers.accessToken(NOW)).status())
        .isEqualTo(403);
    assertThat(get("/api/v1/eta/events/" + event, link).status()).isIn(401, 403);
    assertThat(get("/api/v1/eta/participants/" + participant, link).status()).isEqualTo(200);
    assertThat(get("/api/v1/eta/participants/" + other, link).status()).isEqualTo(404);
  }

  private ApiClient.Answer list(String query) {
    return get("/api/v1/eta/events/" + event + query, token);
  }

  private static ApiClient.Answer get(String path, String bearer) {
    return api.get(path).bearer(bearer).send();
  }

  private static List<Ping> rideUntil(String time) {
    Instant end = Instant.parse(time);
    return RIDE.stream().filter(ping -> !ping.time().isAfter(end)).toList();
  }
}
