package app.turnout.events.planning;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.domain.GeoPoint;
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
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Four events: A in Limerick, free; B in Limerick, from 5 EUR, earlier; C on Taveuni, beside the
/// antimeridian, from 20 EUR; D nowhere yet, free, the earliest.
class EventListTest {
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
  void plan() {
    time.set(SettableTime.START);
    tenant = new TestTenant(api, owner, time);
    String limerick = area("Hall", "Limerick", 52.67, -8.57);
    String taveuni = area("Barn", "Somosomo", -16.8, -179.98);
    event("a", 4, "\"area_id\": \"" + limerick + "\"");
    ticketType(event("B", 3, "\"area_id\": \"" + limerick + "\""), 500);
    ticketType(event("C", 5, "\"area_id\": \"" + taveuni + "\""), 2_000);
    event("D", 2, "\"category\": \"Concert\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | a B C D",
        "city=LIMERICK | a B",
        "city=Cork | ''",
        "category=concert | D",
        "price_max=0 | a D",
        "price_min=1 | B C",
        "price_min=500&price_max=500 | B",
        "near=52.66,-8.6 | a B",
        "near=-16.8,179.98&radius_m=10000 | C",
        "near=-16.8,179.98&radius_m=1000 | ''",
        "near=90,0&radius_m=1000000 | ''",
        "sort=newest | D C B a",
        "sort=start | D B a C",
        "sort=-start | C a B D",
        "sort=title | a B C D",
        "sort=price | a D B C",
        "near=0,-90&radius_m=1000000&sort=distance | ''",
        "near=52.67,-8.57&sort=distance&city=limerick | a B",
        "q=b&status=draft | B",
        "status=scheduled | ''",
        "from=2026-04-04T00:00:00Z&sort=start | a C",
        "to=2026-04-03T00:00:00Z | D",
      })
  void listHasWhatIsAskedForInOrder(String query, String titles) {
    assertThat(String.join(" ", titles(query, 100))).isEqualTo(titles);
    assertThat(String.join(" ", titles(query, 1))).isEqualTo(titles);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sort=random",
        "sort=distance",
        "radius_m=5",
        "near=91,0",
        "near=here",
        "near=1,2&radius_m=0",
        "price_min=-1",
        "price_max=a",
      })
  void whatIsNoQuestionIsRefused(String query) {
    assertThat(tenant.get("/api/v1/events?" + query).status()).isEqualTo(400);
  }

  @Test
  void cursorIsOfOneOrder() {
    String cursor = list("sort=title&limit=1").path("next_cursor").asText();

    assertThat(tenant.get("/api/v1/events?sort=price&cursor=" + cursor).status()).isEqualTo(400);
    assertThat(tenant.get("/api/v1/events?cursor=" + cursor).status()).isEqualTo(400);
  }

  @Test
  void otherTenantsEventsAreNotListed() {
    TestTenant other = new TestTenant(api, owner, time);

    assertThat(other.get("/api/v1/events?sort=price").json().path("data")).isEmpty();
  }

  /// As the application, among four times as many of others'.
  @Test
  void twentyThousandEventsAreFoundByTheTenantsIndexes() {
    UUID other = UUID.randomUUID();
    owner.useHandle(
        handle ->
            handle.execute(
                """
                insert into organizations (id, name, type, plan, created_at, updated_at, version)
                values (?, 'Other', 'event', 'enterprise', now(), now(), 1)
                """,
                other));
    events(tenant.organization, 20_000);
    events(other, 80_000);
    owner.useHandle(handle -> handle.execute("analyze events, occurrences"));

    assertThat(plan(filter(null, null, null), EventSort.OLDEST)).contains("events_listed");
    assertThat(plan(filter(null, null, null), EventSort.NEWEST)).contains("events_listed");
    assertThat(plan(filter("cancelled", null, null), EventSort.OLDEST)).contains("events_");
    assertThat(plan(filter(null, UUID.randomUUID(), null), EventSort.OLDEST)).contains("events_");
    assertThat(plan(filter(null, null, new GeoPoint(52, -8)), EventSort.DISTANCE))
        .contains("events_");
    for (EventSort sort : EventSort.values()) {
      assertThat(plan(filter("draft", null, new GeoPoint(52, -8)), sort))
          .as(sort.wire())
          .doesNotContain("Seq Scan on events")
          .doesNotContain("Seq Scan on occurrences");
    }
    assertThat(titles("sort=start", 3)).containsExactly("D", "B", "a");
  }

  private static EventFilter filter(
      @Nullable String status, @Nullable UUID createdBy, @Nullable GeoPoint near) {
    return new EventFilter(
        null, null, null, null, status, createdBy, null, null, null, null, near, 25_000, false);
  }

  private String plan(EventFilter filter, EventSort sort) {
    return Jdbi.create(DATABASE.as(TestDatabase.APP))
        .inTransaction(
            handle -> {
              handle
                  .createQuery("select set_config('app.organization', :organization, true)")
                  .bind("organization", tenant.organization.toString())
                  .mapTo(String.class)
                  .one();
              return String.join(
                  "\n",
                  handle
                      .createQuery("explain " + EventList.statement(filter, sort, false))
                      .configure(
                          SqlStatements.class,
                          statements -> statements.setUnusedBindingAllowed(true))
                      .bind("now", Instant.parse("2026-03-01T09:00:00Z").atOffset(ZoneOffset.UTC))
                      .bind("archived", false)
                      .bind("limit", 21)
                      .bind("status", filter.status())
                      .bind("createdBy", UUID.randomUUID())
                      .bind("latitude", 52.0)
                      .bind("longitude", -8.0)
                      .bind("south", 51.0)
                      .bind("north", 53.0)
                      .bind("radius", 25_000L)
                      .mapTo(String.class)
                      .list());
            });
  }

  private static void events(UUID organization, int count) {
    owner.useHandle(
        handle ->
            handle.execute(
                """
                with planned as (
                  insert into events (
                    id, organization_id, title, type, status, visibility, latitude, longitude,
                    arrival_radius_metres, time_zone, tracking_opens_minutes_before,
                    check_in_on_arrival, created_by, created_at, updated_at, version)
                  select gen_random_uuid(), ?, 'Z' || n, 'demand',
                         case n % 4 when 0 then 'draft' when 1 then 'cancelled' else 'scheduled' end,
                         'private', n % 90, n % 180, 150, 'UTC', 60, false, gen_random_uuid(),
                         '2026-01-01', '2026-01-01', 1
                  from generate_series(1, ?) n
                  returning id, organization_id, status)
                insert into occurrences (
                  id, organization_id, event_id, original_start, local_start, local_end, time_zone,
                  starts_at, ends_at, status, created_at, updated_at, version)
                select gen_random_uuid(), organization_id, id, '2026-05-01 10:00',
                       '2026-05-01 10:00', '2026-05-01 11:00', 'UTC', '2026-05-01 10:00Z',
                       '2026-05-01 11:00Z', 'scheduled', '2026-01-01', '2026-01-01', 1
                from planned
                """,
                organization, count));
  }

  /// Of all pages.
  private List<String> titles(String query, int limit) {
    List<String> titles = new ArrayList<>();
    String cursor = "";
    for (int page = 0; page < 10; page++) {
      JsonNode listed = list(query + "&limit=" + limit + cursor);
      listed.path("data").forEach(event -> titles.add(event.path("title").asText()));
      if (listed.path("next_cursor").isNull() || limit == 3) {
        break;
      }
      cursor = "&cursor=" + listed.path("next_cursor").asText();
    }
    return titles;
  }

  private JsonNode list(String query) {
    Answer answer = tenant.get("/api/v1/events?" + query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private String area(String name, String city, double latitude, double longitude) {
    return tenant
        .post(
            "/api/v1/areas",
            """
            {"name": "%s", "city": "%s", "position": {"latitude": %s, "longitude": %s}}
            """
                .formatted(name, city, latitude, longitude))
        .json()
        .path("id")
        .asText();
  }

  private String event(String title, int day, String more) {
    // Ids of one moment are in no order.
    time.advance(Duration.ofSeconds(1));
    Answer made =
        tenant.post(
            "/api/v1/events",
            """
            {"title": "%s", "time_zone": "UTC", "starts_at": "2026-04-0%dT10:00:00Z",
             "ends_at": "2026-04-0%dT11:00:00Z", %s}
            """
                .formatted(title, day, day, more));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.json().path("id").asText();
  }

  private void ticketType(String event, int amount) {
    Answer made =
        tenant.post(
            "/api/v1/events/" + event + "/ticket-types",
            "{\"name\": \"One\", \"price\": {\"amount\": %d, \"currency\": \"EUR\"}}"
                .formatted(amount));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
  }
}
