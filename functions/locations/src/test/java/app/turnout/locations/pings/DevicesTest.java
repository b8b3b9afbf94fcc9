package app.turnout.locations.pings;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.locations.TestTenant;
import app.turnout.testing.ApiClient;
import app.turnout.testing.OpenApiDocument;
import app.turnout.testing.OpenApiResponses;
import app.turnout.testing.SettableTime;
import app.turnout.testing.TestDatabase;
import app.turnout.testing.TestFunctions;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.sqs.SqsClient;

class DevicesTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final String QUEUE = "pings-of-the-devices-test";
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
    properties.put("datasources.default.maximum-pool-size", 8);
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
    function.context().getBean(SettableTime.class).set(NOW);
    tenant = new TestTenant(DATABASE.owner());
    event = tenant.event(NOW.plus(Duration.ofMinutes(30)), NOW.plus(Duration.ofHours(3)));
    participant = tenant.consenting(event);
    link = tenant.link(participant);
  }

  @Test
  void deviceSendsWhereItsParticipantIs() {
    String token = make("Phone").path("token").asText();

    assertThat(token).matches("td_[a-z2-7]{26}");
    assertThat(api.post(locations(participant)).bearer(token).json(ping()).send().status())
        .isEqualTo(202);
    assertThat(ownTracks(token, location()).status()).isEqualTo(200);
  }

  @Test
  void deviceMayDoNothingElse() {
    String token = make("Phone").path("token").asText();
    UUID neighbour = tenant.consenting(event);

    assertThat(api.post(locations(neighbour)).bearer(token).json(ping()).send().status())
        .isEqualTo(404);
    assertThat(api.get(locations(participant)).bearer(token).send().status()).isEqualTo(401);
    assertThat(api.get(locations(participant) + "/latest").bearer(token).send().status())
        .isEqualTo(401);
    assertThat(api.get(devices(participant)).bearer(token).send().status()).isEqualTo(401);
    assertThat(
            api.post(devices(participant)).bearer(token).json("{\"name\":\"x\"}").send().status())
        .isEqualTo(401);
  }

  @Test
  void revokedDeviceIsShutOutAndTheOthersAreNot() {
    JsonNode lost = make("Lost phone");
    function.context().getBean(SettableTime.class).set(NOW.plusSeconds(1));
    String kept = make("Watch").path("token").asText();

    String path = devices(participant) + "/" + lost.path("id").asText();
    assertThat(api.call("DELETE", path).bearer(link).send().status()).isEqualTo(204);
    assertThat(api.call("DELETE", path).bearer(link).send().status()).isEqualTo(204);

    assertThat(ownTracks(lost.path("token").asText(), location()).status()).isEqualTo(401);
    assertThat(ownTracks(kept, location()).status()).isEqualTo(200);
    JsonNode list = list();
    assertThat(list.findValuesAsText("name")).containsExactly("Lost phone", "Watch");
    assertThat(list.findValuesAsText("revoked_at")).containsExactly("2026-03-01T09:00:01Z", "null");
    assertThat(audit())
        .containsExactly(
            "participant.device_added", "participant.device_added", "participant.device_revoked");
  }

  @Test
  void tokenIsShownOnceAndStoredNowhere() {
    JsonNode made = make("Phone");

    assertThat(list().toString()).doesNotContain(made.path("token").asText());
    assertThat(
            tenant.rows(
                "select * from participant_devices where organization_id = :organization",
                Map.of()))
        .singleElement()
        .asString()
        .doesNotContain(made.path("token").asText());
  }

  @Test
  void repeatedRequestGetsTheSameDevice() {
    ApiClient.Answer first =
        api.post(devices(participant))
            .bearer(link)
            .header("Idempotency-Key", "once")
            .json("{\"name\":\"Phone\"}")
            .send();
    ApiClient.Answer again =
        api.post(devices(participant))
            .bearer(link)
            .header("Idempotency-Key", "once")
            .json("{\"name\":\"Phone\"}")
            .send();

    assertThat(first.status()).as(first.body()).isEqualTo(201);
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(list()).hasSize(1);
    assertThat(tenant.rows("select body from idempotency_keys where key = 'once'", Map.of()))
        .allSatisfy(body -> assertThat(body).doesNotContain("td_"));
  }

  @Test
  void tenDevicesAtMostHoweverManyAskAtOnce() throws Exception {
    List<Integer> statuses = new ArrayList<>();
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        calls.add(
            threads.submit(
                () -> {
                  start.await();
                  return api.post(devices(participant))
                      .bearer(link)
                      .json("{\"name\":\"Phone\"}")
                      .send()
                      .status();
                }));
      }
      start.countDown();
      for (Future<Integer> call : calls) {
        statuses.add(call.get());
      }
    }

    assertThat(statuses).filteredOn(status -> status == 201).hasSize(10);
    assertThat(statuses).filteredOn(status -> status == 409).hasSize(6);
  }

  @Test
  void othersDevicesAreNotThere() {
    TestTenant foreign = new TestTenant(DATABASE.owner());
    UUID stranger = foreign.consenting(foreign.event(NOW, NOW.plusSeconds(3600)));
    UUID neighbour = tenant.consenting(event);
    String id = make("Phone").path("id").asText();

    for (UUID one : List.of(stranger, neighbour, UUID.randomUUID())) {
      assertThat(api.get(devices(one)).bearer(link).send().status()).isEqualTo(404);
      assertThat(api.post(devices(one)).bearer(link).json("{\"name\":\"x\"}").send().status())
          .isEqualTo(404);
      assertThat(api.call("DELETE", devices(one) + "/" + id).bearer(link).send().status())
          .isEqualTo(404);
    }
    assertThat(
            api.call("DELETE", devices(neighbour) + "/" + id)
                .bearer(tenant.link(neighbour))
                .send()
                .status())
        .isEqualTo(404);
    assertThat(list()).hasSize(1);
  }

  @Test
  void organiserWithTheRightMayDoItForThem() {
    tenant.execute(
        "update members set role = 'org_manager' where organization_id = :organization", Map.of());
    String token = tenant.accessToken(NOW);

    ApiClient.Answer made =
        api.post(devices(participant)).bearer(token).json("{\"name\":\"Tracker\"}").send();

    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(api.get(devices(participant)).bearer(token).send().json().path("data")).hasSize(1);
    tenant.execute(
        "update members set role = 'org_operator' where organization_id = :organization", Map.of());
    assertThat(api.get(devices(participant)).bearer(token).send().status()).isEqualTo(403);
  }

  @Test
  void deviceIsShutOutWhileItsOrganizationIsBeingDeleted() {
    String token = make("Phone").path("token").asText();
    tenant.execute(
        """
        update organizations
        set deletion_requested_at = '2026-03-01Z', deletion_due_at = '2026-03-31Z'
        where id = :organization
        """,
        Map.of());

    assertThat(ownTracks(token, location()).status()).isEqualTo(401);
  }

  @Test
  void listTellsHowADeviceFares() {
    String token = make("Phone").path("token").asText();
    assertThat(fate()).isEqualTo("null null");

    ownTracks(token, "{\"_type\":\"encrypted\",\"data\":\"x\"}");
    assertThat(fate()).isEqualTo("2026-03-01T09:00:00Z encrypted");

    tenant.consent(participant, false);
    ownTracks(token, location());
    assertThat(fate()).isEqualTo("2026-03-01T09:00:00Z consent_missing");

    tenant.consent(participant, true);
    ownTracks(token, location());
    assertThat(fate()).isEqualTo("2026-03-01T09:00:00Z null");

    // Noted once a minute.
    function.context().getBean(SettableTime.class).set(NOW.plusSeconds(59));
    ownTracks(token, location());
    assertThat(fate()).isEqualTo("2026-03-01T09:00:00Z null");
    function.context().getBean(SettableTime.class).set(NOW.plusSeconds(61));
    ownTracks(token, location());
    assertThat(fate()).isEqualTo("2026-03-01T09:01:01Z null");

    function.context().getBean(SettableTime.class).set(NOW.plus(Duration.ofDays(3)));
    ownTracks(token, location());
    assertThat(fate()).isEqualTo("2026-03-04T09:00:00Z stale");
  }

  @Test
  void appsAreToldWhatTheyNeed() {
    JsonNode made = make("Phone");
    String token = made.path("token").asText();
    JsonNode apps = made.path("apps");

    assertThat(apps.path("owntracks_url").asText())
        .isEqualTo("https://turnout.example/api/v1/owntracks");
    String inline = apps.path("owntracks_link").asText().replace("owntracks:///config?inline=", "");
    assertThat(
            new String(
                Base64.getDecoder().decode(URLDecoder.decode(inline, StandardCharsets.UTF_8)),
                StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"_type":"configuration","mode":3,"url":"https://turnout.example/api/v1/owntracks",\
            "auth":true,"username":"turnout","password":"%s","deviceId":"phone","tid":"me",\
            "monitoring":2,"locatorInterval":10,"moveModeLocatorInterval":10,\
            "locatorDisplacement":0,"extendedData":true,"encryptionKey":"","cmd":false,\
            "remoteConfiguration":false}\
            """
                .formatted(token));
    assertThat(apps.path("traccar_url").asText())
        .isEqualTo("https://turnout.example/api/v1/osmand");
    assertThat(apps.path("traccar_link").asText())
        .startsWith(
            "org.traccar.client://config?url=https%3A%2F%2Fturnout.example%2Fapi%2Fv1%2Fosmand&id="
                + token);
  }

  private String fate() {
    JsonNode device = list().path(0);
    return device.path("last_sent_at").asText() + " " + device.path("last_refusal").asText();
  }

  private JsonNode make(String name) {
    ApiClient.Answer made =
        api.post(devices(participant)).bearer(link).json("{\"name\":\"" + name + "\"}").send();
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.json();
  }

  private JsonNode list() {
    return api.get(devices(participant)).bearer(link).send().json().path("data");
  }

  private List<String> audit() {
    return tenant.rows(
        """
        select action
        from audit_log
        where organization_id = :organization
          and actor_kind = 'participant'
          and actor_id = :participant
        order by id
        """,
        Map.of("participant", participant));
  }

  private static ApiClient.Answer ownTracks(String token, String body) {
    String pair = "turnout:" + token;
    return api.post("/api/v1/owntracks")
        .header(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
        .json(body)
        .send();
  }

  private static String devices(UUID participant) {
    return "/api/v1/participants/" + participant + "/devices";
  }

  private static String locations(UUID participant) {
    return "/api/v1/participants/" + participant + "/locations";
  }

  private static String ping() {
    return "{\"latitude\":52,\"longitude\":-8,\"recorded_at\":\"2026-03-01T09:00:00Z\"}";
  }

  private static String location() {
    return "{\"_type\":\"location\",\"lat\":52,\"lon\":-8,\"tst\":" + NOW.getEpochSecond() + "}";
  }
}
