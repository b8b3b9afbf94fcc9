package app.turnout.events.areas;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.events.TestTenant;
import app.turnout.platform.http.HttpFunction;
import app.turnout.testing.ApiClient;
import app.turnout.testing.ApiClient.Answer;
import app.turnout.testing.OpenApiResponses;
import app.turnout.testing.SettableTime;
import app.turnout.testing.TestDatabase;
import app.turnout.testing.TestFunctions;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AreaTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static HttpFunction function;
  private static ApiClient api;
  private static SettableTime time;
  private static Jdbi owner;

  private TestTenant tenant;

  @BeforeAll
  static void start() {
    Map<String, Object> properties =
        new HashMap<>(TestFunctions.properties("events", DATABASE, TestDatabase.APP));
    properties.putAll(TestFunctions.aws());
    properties.put("datasources.default.maximum-pool-size", 8);
    function = new HttpFunction(properties) {};
    api = new ApiClient(function, OpenApiResponses.ofArea("events"));
    time = function.context().getBean(SettableTime.class);
    owner = Jdbi.create(DATABASE.owner());
  }

  @AfterAll
  static void stop() {
    function.close();
  }

  @BeforeEach
  void found() {
    time.set(SettableTime.START);
    tenant = new TestTenant(api, owner, time);
  }

  @Test
  void layoutIsKeptAsItWasGiven() {
    Answer made =
        tenant.post(
            "/api/v1/areas",
            """
            {"name": "Hall", "position": {"latitude": 1.5, "longitude": 2.5}, "capacity": 104,
             "layout": {"sections": [
               {"name": "Floor", "capacity": 100},
               {"name": "Gallery", "rows": [{"name": "A", "seats": [1, 2, 4]},
                                            {"name": "B", "seats": [1]}]}]}}
            """);

    assertThat(made.status()).as(made.body()).isEqualTo(201);
    Answer got = tenant.get(path(made));
    assertThat(got.json()).isEqualTo(made.json());
    assertThat(got.header("ETag")).isEqualTo(made.header("ETag"));
    assertThat(got.json().at("/layout/sections/1/rows/0/seats/2").asInt()).isEqualTo(4);
    JsonNode listed = tenant.get("/api/v1/areas").json().at("/data/0");
    assertThat(listed.path("name").asText()).isEqualTo("Hall");
    assertThat(listed.has("layout")).isFalse();
  }

  @Test
  void layoutThatDoesNotFitIsRefusedByFieldAndRule() {
    assertRefused("{'sections': []}", "layout.sections", "min_items");
    assertRefused(
        "{'sections': [{'name': 'A', 'capacity': 1}, {'name': ' a ', 'capacity': 1}]}",
        "layout.sections[1].name",
        "unique");
    assertRefused("{'sections': [{'name': 'A'}]}", "layout.sections[0].capacity", "required");
    assertRefused(
        "{'sections': [{'name': 'A', 'capacity': 1, 'rows': [{'name': '1', 'seats': [1]}]}]}",
        "layout.sections[0].capacity",
        "exclusive");
    assertRefused(
        "{'sections': [{'name': 'A', 'rows': [{'name': '1', 'seats': [1, 1]}]}]}",
        "layout.sections[0].rows[0].seats[1]",
        "unique");
    assertRefused(
        "{'sections': [{'name': 'A', 'rows': [{'name': '1', 'seats': [0]}]}]}",
        "layout.sections[0].rows[0].seats[0]",
        "range");
    assertRefused(
        "{'sections': [{'name': 'A', 'rows': [{'name': '1', 'seats': ['1']}]}]}",
        "layout.sections[0].rows[0].seats[0]",
        "type");
    assertRefused(
        "{'sections': [{'name': 'A', 'rows': [{'name': '1', 'seats': [1]},"
            + " {'name': '1', 'seats': [1]}]}]}",
        "layout.sections[0].rows[1].name",
        "unique");
    assertRefused("{'sections': [{'name': 'A', 'capacity': 11}]}", "layout", "capacity");
    assertThat(tenant.count("areas")).isEqualTo(0);
  }

  private void assertRefused(String layout, String field, String rule) {
    Answer answer =
        tenant.post(
            "/api/v1/areas",
            """
            {'name': 'Hall', 'position': {'latitude': 1, 'longitude': 2}, 'capacity': 10,
             'layout': %s}
            """
                .formatted(layout)
                .replace('\'', '"'));

    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo(field);
    assertThat(answer.json().at("/errors/0/rule").asText()).isEqualTo(rule);
  }

  @Test
  void patchChangesWhatItNamesAndPutReplaces() {
    Answer made = area("Hall");

    Answer patched = tenant.patch(path(made), tag(made), "{\"city\": \"Ennis\"}");
    Answer put =
        tenant.put(
            path(made),
            tag(patched),
            "{\"name\": \"Barn\", \"position\": {\"latitude\": 3, \"longitude\": 4}}");

    assertThat(patched.json().path("city").asText()).isEqualTo("Ennis");
    assertThat(patched.json().path("name").asText()).isEqualTo("Hall");
    assertThat(put.json().path("name").asText()).isEqualTo("Barn");
    assertThat(put.json().path("city").isNull()).isTrue();
    assertThat(tenant.get(path(made)).json()).isEqualTo(put.json());
    assertThat(tenant.audited())
        .containsExactlyInAnyOrder("area.created", "area.updated", "area.updated");
  }

  @Test
  void staleOrMissingTagChangesNothing() {
    Answer made = area("Hall");
    tenant.patch(path(made), tag(made), "{\"city\": \"Ennis\"}");

    Answer stale = tenant.patch(path(made), tag(made), "{\"city\": \"Cork\"}");
    Answer missing =
        tenant.signed(api.call("PATCH", path(made))).json("{\"city\": \"Cork\"}").send();

    assertThat(stale.status()).isEqualTo(412);
    assertThat(missing.status()).isEqualTo(428);
    assertThat(tenant.get(path(made)).json().path("city").asText()).isEqualTo("Ennis");
  }

  @Test
  void ofManyWithTheSameTagOneWins() throws Exception {
    Answer made = area("Hall");

    List<Integer> statuses =
        TestTenant.atOnce(
            () -> tenant.patch(path(made), tag(made), "{\"city\": \"A\"}"),
            () -> tenant.patch(path(made), tag(made), "{\"city\": \"B\"}"),
            () -> tenant.patch(path(made), tag(made), "{\"city\": \"C\"}"));

    assertThat(statuses).containsExactlyInAnyOrder(200, 412, 412);
  }

  @Test
  void nameOfAnotherAreaIsRefused() {
    area("Hall");
    Answer barn = area("Barn");

    assertThat(tenant.patch(path(barn), tag(barn), "{\"name\": \"HALL\"}").status()).isEqualTo(409);
  }

  @Test
  void archivedAreaIsNotOfferedUntilItIsBack() {
    Answer made = area("Hall");

    tenant.post(path(made) + "/archive");
    Answer again = tenant.post(path(made) + "/archive");
    Answer refused = event(made);

    assertThat(again.status()).isEqualTo(200);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().at("/errors/0/rule").asText()).isEqualTo("archived");
    assertThat(tenant.get("/api/v1/areas").json().path("data")).isEmpty();
    assertThat(tenant.get("/api/v1/areas?archived=true").json().path("data")).hasSize(1);
    tenant.post(path(made) + "/unarchive");
    assertThat(event(made).status()).isEqualTo(201);
    assertThat(tenant.audited())
        .containsExactlyInAnyOrder(
            "area.created", "area.archived", "area.unarchived", "event.created");
  }

  @Test
  void areaInUseStays() {
    Answer made = area("Hall");
    event(made);

    assertThat(tenant.delete(path(made)).status()).isEqualTo(409);
    time.advance(Duration.ofDays(365));
    assertThat(tenant.delete(path(made)).status()).isEqualTo(409);
  }

  @Test
  void pastEventsKeepThePositionOfAnAreaThatIsDeleted() {
    Answer made = area("Hall");
    Answer event = event(made);
    time.advance(Duration.ofDays(365));
    owner.useHandle(
        handle ->
            handle.execute(
                "update events set archived_at = now() where organization_id = ?",
                tenant.organization));

    assertThat(tenant.delete(path(made)).status()).isEqualTo(204);

    assertThat(tenant.get(path(made)).status()).isEqualTo(404);
    JsonNode kept = tenant.get("/api/v1/events/" + event.json().path("id").asText()).json();
    assertThat(kept.at("/position/latitude").asDouble()).isEqualTo(1.5);
    assertThat(kept.path("area_id").isNull()).isTrue();
  }

  @Test
  void planningThereAndDeletingItAtOnceEndsOneWay() throws Exception {
    for (int i : IntStream.range(0, 10).toArray()) {
      Answer made = area("Hall " + i);

      List<Integer> statuses =
          TestTenant.atOnce(() -> event(made), () -> tenant.delete(path(made)));

      assertThat(statuses).isIn(List.of(201, 409), List.of(422, 204));
    }
  }

  @Test
  void otherTenantsAreaIsNotFound() {
    Answer made = area("Hall");
    TestTenant other = new TestTenant(api, owner, time);

    assertThat(other.patch(path(made), tag(made), "{}").status()).isEqualTo(404);
    assertThat(other.delete(path(made)).status()).isEqualTo(404);
    assertThat(other.post(path(made) + "/archive").status()).isEqualTo(404);
  }

  private Answer area(String name) {
    return tenant.post(
        "/api/v1/areas",
        "{\"name\": \"%s\", \"position\": {\"latitude\": 1.5, \"longitude\": 2.5}}"
            .formatted(name));
  }

  private Answer event(Answer area) {
    return tenant.post(
        "/api/v1/events",
        """
        {"title": "Lecture", "time_zone": "UTC", "starts_at": "2026-03-01T10:00:00Z",
         "ends_at": "2026-03-01T11:00:00Z", "area_id": "%s"}
        """
            .formatted(area.json().path("id").asText()));
  }

  private static String path(Answer area) {
    return "/api/v1/areas/" + area.json().path("id").asText();
  }

  private static String tag(Answer answer) {
    return Objects.requireNonNull(answer.header("ETag"));
  }
}
