package app.turnout.eta;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.domain.GeoPoint;
import app.turnout.eta.router.FakeOsrm;
import app.turnout.eta.router.TestBreakers;
import app.turnout.platform.http.HttpFunction;
import app.turnout.testing.ApiClient;
import app.turnout.testing.OpenApiDocument;
import app.turnout.testing.OpenApiResponses;
import app.turnout.testing.SettableTime;
import app.turnout.testing.TestDatabase;
import app.turnout.testing.TestFunctions;
import app.turnout.testing.ThrottlingDynamoDb;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What is computed once for all who look, by a router that answers, does not, or answers nonsense.
class KeptEtasTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final Place PLACE = new Place(new GeoPoint(48.4104, 15.6207), 150);
  private static final Instant NOW = SettableTime.START;
  private static final Duration UNTIL_START = Duration.ofMinutes(30);

  private static FakeOsrm car;
  private static FakeOsrm foot;
  private static ThrottlingDynamoDb dynamoDb;
  private static HttpFunction function;
  private static SettableTime time;
  private static ApiClient api;

  private TestTenant tenant;
  private UUID event;
  private String token;

  @BeforeAll
  static void start() throws IOException {
    car = new FakeOsrm();
    foot = new FakeOsrm();
    String breakers = TestBreakers.name();
    Map<String, Object> properties =
        new HashMap<>(TestFunctions.properties("eta", DATABASE, TestDatabase.APP));
    dynamoDb = ThrottlingDynamoDb.before(TestFunctions.aws());
    properties.putAll(dynamoDb.properties());
    properties.put("datasources.default.maximum-pool-size", 4);
    properties.put("turnout.tables.router-breakers", breakers);
    properties.put("turnout.routers.car", car.address() + "/");
    properties.put("turnout.routers.bicycle", "");
    properties.put("turnout.routers.foot", foot.address());
    function = new HttpFunction(properties) {};
    TestBreakers.create(function.context(), breakers);
    time = function.context().getBean(SettableTime.class);
    api = new ApiClient(function, OpenApiResponses.of(OpenApiDocument.ofArea("eta")));
  }

  @AfterAll
  static void stop() {
    function.close();
    dynamoDb.close();
    car.close();
    foot.close();
  }

  /// Long after whatever the breaker remembers of the test before.
  @BeforeEach
  void makeEvent() {
    Instant now = time.instant().plus(Duration.ofHours(1));
    time.set(now.isAfter(NOW) ? now : NOW);
    car.forget();
    foot.forget();
    tenant = new TestTenant(DATABASE.owner(), "org_operator");
    event = tenant.event(PLACE, now().plus(UNTIL_START), now().plus(Duration.ofHours(3)));
    token = tenant.accessToken(now());
  }

  @Test
  void routerIsAskedOnceForEverybodyAndAllWhoLook() {
    for (int number = 1; number <= 130; number++) {
      send(tenant.participant(event, number), List.of(near(0, 2_000 + number)));
    }

    Set<String> strategies = new HashSet<>();
    String cursor = "";
    int entries = 0;
    do {
      JsonNode page = list("?limit=100" + cursor);
      page.path("data").forEach(entry -> strategies.add(entry.path("strategy").asText()));
      entries += page.path("data").size();
      cursor = "&cursor=" + page.path("next_cursor").asText();
    } while (!cursor.equals("&cursor=null"));
    list("?limit=100");

    assertThat(entries).isEqualTo(130);
    assertThat(strategies).containsExactly("osrm");
    assertThat(car.asked()).hasSize(1);
    assertThat(car.asked().getFirst().size()).isEqualTo(131);
  }

  /// Prints how long the first look at a thousand takes, of whom each has sent a ping every five
  /// seconds for a quarter of an hour.
  @Test
  void thousandWhoAllMovedAreOneCall() {
    tenant.crowd(event, 1_000, now());
    list("?limit=1");
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 8; round++) {
      tenant.crowdMoves(event, now().plusSeconds(5));
      time.advance(Duration.ofSeconds(5));
      car.forget();
      long[] inRouter = {0};
      car.answer(
          asked -> {
            long start = System.nanoTime();
            FakeOsrm.Answer answer = FakeOsrm.table(asked);
            inRouter[0] = System.nanoTime() - start;
            return answer;
          });

      long start = System.nanoTime();
      JsonNode page = list("?limit=100");
      best = Math.min(best, System.nanoTime() - start - inRouter[0]);

      list("?limit=100&cursor=" + page.path("next_cursor").asText());
      assertThat(car.asked()).extracting(FakeOsrm.Asked::size).containsExactly(1_001);
      assertThat(page.path("data")).hasSize(100);
      assertThat(page.path("data"))
          .allMatch(entry -> entry.path("strategy").asText().equals("osrm"));
    }
    System.out.printf("A thousand who moved: %d ms beside the router%n", best / 1_000_000);
  }

  @Test
  void entrySaysWhatItRestsOn() {
    UUID participant = tenant.participant(event, 1);
    send(participant, List.of(near(-20, 4_000)));

    JsonNode entry = entry(0);

    assertThat(entry.path("strategy").asText()).isEqualTo("osrm");
    assertThat(entry.path("travel_mode").asText()).isEqualTo("car");
    assertThat(entry.path("distance_metres").asLong()).isBetween(3_990L, 4_010L);
    assertThat(entry.path("route_metres").asLong()).isBetween(5_180L, 5_220L);
    assertThat(entry.path("off_road_metres").asLong()).isEqualTo(5);
    assertThat(entry.path("ping_age_seconds").asLong()).isEqualTo(20);
    // 5,200 m at 10 m/s, less half of the radius, from twenty seconds ago.
    assertThat(entry.path("seconds").asLong()).isBetween(488L, 498L);
    assertThat(tenant.kept(participant, "organization_id")).isEqualTo(tenant.id().toString());
  }

  @Test
  void onlyPositionsThatChangedAreAskedFor() {
    UUID first = tenant.participant(event, 1);
    UUID second = tenant.participant(event, 2);
    send(first, List.of(near(-60, 4_000)));
    send(second, List.of(near(-60, 3_000)));
    list("");

    send(second, List.of(near(0, 2_000)));
    JsonNode data = list("").path("data");

    assertThat(car.asked()).extracting(FakeOsrm.Asked::size).containsExactly(3, 2);
    assertThat(data.path(1).path("route_metres").asLong()).isBetween(2_590L, 2_610L);
    assertThat(data.path(0).path("route_metres").asLong()).isBetween(5_180L, 5_220L);
  }

  @Test
  void travelModeOrPlaceThatChangesIsComputedAnew() {
    UUID participant = tenant.participant(event, 1);
    send(participant, List.of(near(0, 4_000)));
    list("");

    tenant.execute(
        "update participants set travel_mode = 'foot' where id = :participant", participant);
    assertThat(entry(0).path("travel_mode").asText()).isEqualTo("foot");
    assertThat(foot.asked()).hasSize(1);
    assertThat(foot.asked().getFirst().path()).isEqualTo("/table/v1/foot/");

    tenant.execute(
        "update participants set travel_mode = 'bicycle' where id = :participant", participant);
    JsonNode cyclist = entry(0);
    assertThat(cyclist.path("strategy").asText()).isEqualTo("simple");
    assertThat(cyclist.path("route_metres").isNull()).isTrue();

    tenant.execute(
        "update participants set travel_mode = 'car' where id = :participant", participant);
    tenant.execute(
        "update events set latitude = latitude + 0.01 where id in (select event_id from"
            + " participants where id = :participant)",
        participant);
    assertThat(entry(0).path("strategy").asText()).isEqualTo("osrm");
    assertThat(car.asked()).hasSize(2);
    assertThat(car.asked().getLast().latitudes().getFirst()).isEqualTo(48.4204);
  }

  @Test
  void twoAtOnceComputeOnce() throws Exception {
    for (int number = 1; number <= 20; number++) {
      send(tenant.participant(event, number), List.of(near(0, 2_000 + number)));
    }
    List<Callable<JsonNode>> calls = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      calls.add(() -> list("?limit=100"));
    }

    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (var answer : threads.invokeAll(calls)) {
        assertThat(answer.get().path("data")).hasSize(20);
      }
    }

    assertThat(car.asked()).hasSize(1);
  }

  @Test
  void participantsOwnAnswerComputesTheirsAlone() {
    UUID participant = tenant.participant(event, 1);
    UUID other = tenant.participant(event, 2);
    send(participant, List.of(near(0, 4_000)));
    send(other, List.of(near(0, 4_000)));

    JsonNode own = get("/api/v1/eta/participants/" + participant, tenant.link(participant));
    get("/api/v1/eta/participants/" + participant, tenant.link(participant));

    assertThat(own.path("strategy").asText()).isEqualTo("osrm");
    assertThat(car.asked()).extracting(FakeOsrm.Asked::size).containsExactly(2);
    assertThat(tenant.kept(other, "strategy")).isNull();
  }

  @Test
  void routerThatFailsIsLeftAloneForAWhileAndAskedAgain() {
    UUID participant = tenant.participant(event, 1);
    send(participant, drive(900, 9_000, 8));
    car.answer(asked -> new FakeOsrm.Answer(503, "busy"));

    for (int i = 0; i < 6; i++) {
      assertThat(entry(0).path("strategy").asText()).isEqualTo("velocity");
    }
    assertThat(car.asked()).hasSize(3);

    time.advance(Duration.ofSeconds(31));
    assertThat(entry(0).path("strategy").asText()).isEqualTo("velocity");
    assertThat(entry(0).path("strategy").asText()).isEqualTo("velocity");
    assertThat(car.asked()).as("one who asks whether it is back").hasSize(4);

    car.answer(FakeOsrm::table);
    time.advance(Duration.ofSeconds(61));
    assertThat(entry(0).path("strategy").asText()).isEqualTo("osrm");
    assertThat(car.asked()).hasSize(5);
    send(participant, List.of(near(0, 1_000)));
    assertThat(entry(0).path("strategy").asText()).isEqualTo("osrm");
  }

  @Test
  void whileDynamoDbThrottlesTheRouterIsAskedAndNobodyIsLeftWithoutAnAnswer() {
    UUID participant = tenant.participant(event, 1);
    send(participant, drive(900, 9_000, 8));
    dynamoDb.throttle(true);
    try {
      assertThat(entry(0).path("strategy").asText()).isEqualTo("osrm");

      car.answer(asked -> new FakeOsrm.Answer(503, "busy"));
      for (int i = 1; i <= 4; i++) {
        time.advance(Duration.ofSeconds(30));
        send(participant, List.of(near(0, 1_800 - 240 * i)));
        assertThat(entry(0).path("strategy").asText()).isEqualTo("velocity");
      }
      assertThat(car.asked()).as("no breaker counts, so each time").hasSize(5);
    } finally {
      dynamoDb.throttle(false);
    }

    car.answer(FakeOsrm::table);
    time.advance(Duration.ofSeconds(30));
    send(participant, List.of(near(0, 600)));
    assertThat(entry(0).path("strategy").asText()).isEqualTo("osrm");
  }

  @Test
  void routerThatNeverAnswersCostsSecondsAndNotTheAnswer() {
    send(tenant.participant(event, 1), drive(900, 9_000, 8));
    car.answer(asked -> car.hang());

    JsonNode entry = entry(0);

    assertThat(entry.path("strategy").asText()).isEqualTo("velocity");
    assertThat(entry.path("state").asText()).isEqualTo("on_the_way");
  }

  @Test
  void whoIsFarFromRoadsIsForetoldWithoutTheRouterAndOthersWithIt() {
    send(tenant.participant(event, 1), List.of(near(0, 4_000)));
    send(tenant.participant(event, 2), List.of(near(0, 3_000)));
    car.answer(asked -> asked.hasRadii() ? FakeOsrm.noSegment(1) : FakeOsrm.table(asked, 1, 900));
    assertThat(entry(0).path("strategy").asText()).isEqualTo("simple");

    car.answer(FakeOsrm::table);
    list("");
    assertThat(car.asked()).as("an answer, and kept").hasSize(2);
  }

  @Test
  void statesAreToldApart() {
    UUID never = tenant.participant(event, 1);
    UUID home = tenant.participant(event, 2);
    UUID coming = tenant.participant(event, 3);
    UUID resting = tenant.participant(event, 4);
    UUID leaving = tenant.participant(event, 5);
    UUID silent = tenant.participant(event, 6);
    UUID there = tenant.participant(event, 7);
    UUID checkedIn = tenant.participant(event, 8);
    send(home, drive(900, 5_000, 0));
    send(coming, drive(900, 9_000, 5));
    List<Ping> rest = new ArrayList<>(drive(900, 9_000, 5));
    rest.replaceAll(
        ping -> new Ping(ping.time().minusSeconds(400), ping.position(), ping.accuracyMetres()));
    for (int t = -390; t <= 0; t += 10) {
      rest.add(near(t, 4_500));
    }
    send(resting, rest);
    send(leaving, drive(900, 2_000, -5));
    List<Ping> gone = new ArrayList<>(drive(900, 9_000, 5));
    gone.replaceAll(
        ping -> new Ping(ping.time().minusSeconds(600), ping.position(), ping.accuracyMetres()));
    send(silent, gone);
    send(there, List.of(near(0, 100)));
    tenant.arrived(event, there, now());
    tenant.execute(
        "update participants set status = 'checked_in', checked_in_at = created_at where id ="
            + " :participant",
        checkedIn);

    assertThat(list("").path("data"))
        .extracting(entry -> entry.path("state").asText())
        .containsExactly(
            "no_position",
            "not_left",
            "on_the_way",
            "standing_still",
            "going_away",
            "silent",
            "arrived",
            "arrived");
    assertThat(never).isNotNull();

    // Who has left once is not "not left" again, and silence comes with time alone.
    send(coming, List.of(new Ping(now().plusSeconds(30), near(0, 9_000).position(), 0)));
    time.advance(Duration.ofMinutes(9));
    send(home, List.of(near(0, 5_000)));
    List<String> states = new ArrayList<>();
    list("").path("data").forEach(entry -> states.add(entry.path("state").asText()));
    assertThat(states.get(1)).isEqualTo("not_left");
    assertThat(states.get(2)).isNotEqualTo("not_left");
    time.advance(Duration.ofMinutes(2));
    assertThat(list("").path("data").path(2).path("state").asText()).isEqualTo("silent");
  }

  /// What was read once is kept, to the microsecond and the metre, and what was too old is not.
  @Test
  void howSomebodyMovesIsToldByTheTrailAndWhatCameSince() {
    UUID participant = tenant.participant(event, 1);
    send(participant, drive(900, 2_000, -5));
    assertThat(entry(0).path("state").asText()).isEqualTo("going_away");
    tenant.execute("delete from pings where participant_id = :participant", participant);

    time.advance(Duration.ofMillis(10_123));
    send(participant, List.of(near(0, 6_550)));
    assertThat(entry(0).path("state").asText()).isEqualTo("going_away");
    for (int i = 1; i <= 30; i++) {
      time.advance(Duration.ofSeconds(11));
      send(participant, List.of(near(0, 6_550 - 100 * i)));
      assertThat(entry(0).path("strategy").asText()).isEqualTo("osrm");
    }
    assertThat(entry(0).path("state").asText()).isEqualTo("on_the_way");

    time.advance(Duration.ofMinutes(7));
    send(participant, List.of(near(0, 3_550)));
    assertThat(entry(0).path("state").asText()).isEqualTo("standing_still");
    assertThat(tenant.kept(participant, "cardinality(trail)")).isEqualTo("4");
  }

  @Test
  void whoLeftAgainIsOnTheWayOnceMore() {
    UUID participant = tenant.participant(event, 1);
    send(participant, List.of(near(0, 4_000)));
    tenant.arrived(event, participant, now().minusSeconds(600));
    assertThat(entry(0).path("arrived").asBoolean()).isTrue();
    assertThat(car.asked()).isEmpty();

    tenant.execute(
        "update arrivals set left_at = arrived_at where participant_id = :participant",
        participant);

    assertThat(entry(0).path("arrived").asBoolean()).isFalse();
    assertThat(entry(0).path("strategy").asText()).isEqualTo("osrm");
  }

  @Test
  void forecastCountsEverybodyButThoseWhoWillNotCome() {
    send(tenant.participant(event, 1), drive(900, 9_000, 8));
    tenant.arrived(event, tenant.participant(event, 2), now().minusSeconds(60));
    tenant.participant(event, 3);
    tenant.execute(
        "update participants set status = 'denied' where id = :participant",
        tenant.participant(event, 4));

    JsonNode forecast = get("/api/v1/eta/events/" + event + "/forecast", token);

    assertThat(forecast.path("expected").asInt()).isEqualTo(3);
    assertThat(forecast.path("arrived").asInt()).isEqualTo(1);
    assertThat(forecast.path("on_the_way").asInt()).isEqualTo(1);
    assertThat(forecast.path("unknown").asInt()).isEqualTo(1);
    assertThat(forecast.path("late").asInt()).isZero();
    assertThat(forecast.path("curve")).hasSize(31);
    assertThat(forecast.at("/curve/0/arrived").asInt()).isEqualTo(1);
    assertThat(forecast.at("/curve/30/arrived").asInt()).isEqualTo(2);
    assertThat(forecast.at("/curve/30/at").asText()).isEqualTo(forecast.path("starts_at").asText());

    UUID nowhere = tenant.event(null, now(), now().plusSeconds(60));
    assertThat(status("/api/v1/eta/events/" + nowhere + "/forecast", token)).isEqualTo(409);
    assertThat(status("/api/v1/eta/events/" + UUID.randomUUID() + "/forecast", token))
        .isEqualTo(404);
    String stranger = new TestTenant(DATABASE.owner(), "org_owner").accessToken(now());
    assertThat(status("/api/v1/eta/events/" + event + "/forecast", stranger)).isEqualTo(404);
  }

  @Test
  void whatIsKeptGoesWithThePosition() {
    UUID participant = tenant.participant(event, 1);
    send(participant, List.of(near(0, 4_000)));
    list("");
    assertThat(tenant.kept(participant, "strategy")).isEqualTo("osrm");

    tenant.execute("delete from latest_positions where participant_id = :participant", participant);

    assertThat(tenant.kept(participant, "strategy")).isNull();
    assertThat(entry(0).path("state").asText()).isEqualTo("no_position");
  }

  private static Instant now() {
    return time.instant();
  }

  private void send(UUID participant, List<Ping> pings) {
    tenant.pings(event, participant, pings);
  }

  /// So many metres east of the place, so many seconds from now.
  private static Ping near(int seconds, double metres) {
    return new Ping(
        now().plusSeconds(seconds),
        new GeoPoint(
            PLACE.position().latitude(),
            PLACE.position().longitude()
                + metres / 111_195 / Math.cos(Math.toRadians(PLACE.position().latitude()))),
        0);
  }

  /// The last seconds' pings of somebody who comes nearer by so much a second.
  private static List<Ping> drive(int seconds, double from, double metresPerSecond) {
    List<Ping> pings = new ArrayList<>();
    for (int t = 0; t <= seconds; t += 10) {
      pings.add(near(t - seconds, from - metresPerSecond * t));
    }
    return pings;
  }

  private JsonNode entry(int index) {
    return list("").path("data").path(index);
  }

  private JsonNode list(String query) {
    return get("/api/v1/eta/events/" + event + query, token);
  }

  private static int status(String path, String bearer) {
    return api.get(path).bearer(bearer).send().status();
  }

  private static JsonNode get(String path, String bearer) {
    ApiClient.Answer answer = api.get(path).bearer(bearer).send();
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }
}
