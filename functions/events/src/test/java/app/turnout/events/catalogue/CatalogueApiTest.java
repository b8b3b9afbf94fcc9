package app.turnout.events.catalogue;

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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Organisers plan by one function, and everybody reads by the other.
class CatalogueApiTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final String LIST = "/api/v1/catalogue/events";

  private static HttpFunction events;
  private static HttpFunction catalogue;
  private static ApiClient planner;
  private static ApiClient api;
  private static Jdbi owner;

  private TestTenant tenant;

  @BeforeAll
  static void start() {
    events = function("events");
    catalogue = function("catalogue");
    planner = new ApiClient(events, OpenApiResponses.ofArea("events"));
    api = new ApiClient(catalogue, OpenApiResponses.ofArea("events"));
    owner = Jdbi.create(DATABASE.owner());
  }

  private static HttpFunction function(String name) {
    Map<String, Object> properties =
        new HashMap<>(TestFunctions.properties(name, DATABASE, TestDatabase.APP));
    properties.putAll(TestFunctions.aws());
    return new HttpFunction(properties) {};
  }

  @AfterAll
  static void stop() {
    events.close();
    catalogue.close();
  }

  @BeforeEach
  void found() {
    owner.useHandle(handle -> handle.execute("delete from events"));
    at(SettableTime.START);
    tenant = new TestTenant(planner, owner, events.context().getBean(SettableTime.class));
  }

  private static void at(Instant time) {
    events.context().getBean(SettableTime.class).set(time);
    catalogue.context().getBean(SettableTime.class).set(time);
  }

  @Test
  void listsShowWhatIsPublishedAndPublicWithItsNextDate() {
    String shown = published("Concert", 3, "\"category\": \"Music\", \"capacity\": 50");
    planned("Draft", 1, "\"visibility\": \"public\"");
    published("Private", 1, "\"visibility\": \"private\"");
    String unlisted = published("Unlisted", 1, "\"visibility\": \"unlisted\"");

    JsonNode found = get(LIST).json().path("data");

    assertThat(titles(found)).containsExactly("Concert");
    JsonNode event = found.path(0);
    assertThat(event.path("id").asText()).isEqualTo(shown);
    assertThat(event.path("slug").asText()).isEqualTo("concert");
    assertThat(event.path("status").asText()).isEqualTo("scheduled");
    assertThat(event.path("is_free").asBoolean()).isTrue();
    assertThat(event.path("registration_open").asBoolean()).isTrue();
    assertThat(event.at("/organization/name").asText()).isEqualTo("Ours");
    assertThat(event.at("/date/starts_at").asText()).isEqualTo("2026-03-04T10:00:00Z");
    assertThat(event.at("/date/available").asInt()).isEqualTo(50);
    assertThat(event.at("/date/place/position/latitude").asDouble()).isEqualTo(53.3);
    assertThat(get(LIST + "?organization_id=" + UUID.randomUUID()).json().path("data")).isEmpty();
    assertThat(get(LIST + "/" + unlisted).json().path("title").asText()).isEqualTo("Unlisted");
    assertThat(get(LIST + "?q=unlisted").json().path("data")).isEmpty();
  }

  @Test
  void oneEventIsReadByIdSlugAndFormerSlug() {
    String id =
        published("Ação", 3, "\"description\": \"All of it\", \"consent_text\": \"secret\"");
    Answer byId = get(LIST + "/" + id);
    assertThat(get(LIST + "/acao").json()).isEqualTo(byId.json());

    tenant.patch("/api/v1/events/" + id, tag(id), "{\"title\": \"Jazz\"}");

    Answer byFormer = get(LIST + "/acao");
    assertThat(byFormer.json().path("slug").asText()).isEqualTo("jazz");
    assertThat(get(LIST + "/jazz").json()).isEqualTo(byFormer.json());
    assertThat(get(LIST + "/" + id.toUpperCase(Locale.ROOT)).json()).isEqualTo(byFormer.json());
    assertThat(byFormer.body()).doesNotContain("secret", "created_by", "@");
    JsonNode event = byFormer.json();
    assertThat(event.path("description").asText()).isEqualTo("All of it");
    assertThat(event.at("/ticket_types/0/name").asText()).isEqualTo("General admission");
    assertThat(event.at("/dates/0/ticket_types/0/available").isNull()).isTrue();
    assertThat(event.at("/dates")).hasSize(1);
    tenant.post("/api/v1/events/" + id + "/cancel", "{\"reason\": \"rain, says Bo\"}");
    Answer cancelled = get(LIST + "/" + id);
    assertThat(cancelled.json().path("status").asText()).isEqualTo("cancelled");
    assertThat(cancelled.json().path("registration_open").asBoolean()).isFalse();
    assertThat(cancelled.body()).doesNotContain("rain");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"no-such", "x%20y", "%F0%9F%8E%89", "a'b", "0190aaaa-0000-7000-8000-000000000000"})
  void whatIsNoEventsAddressIsNotFound(String address) {
    assertThat(api.get(LIST + "/" + address).send().status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "q=jazz | Jazz night",
        "q=JÁZZ | Jazz night",
        "q=az | Jazz night",
        "q=night jazz | Jazz night",
        "q=moskva | Лекция",
        "q=лекц | Лекция",
        "q=100%25 | 100% _sure_",
        "q=%5Fsure%5F | 100% _sure_",
        "q=_ | 100% _sure_",
        "q=%25 | 100% _sure_",
        "q=%5C | ",
        "city=krakow | Jazz night",
        "city=KRAKÓW | Jazz night",
        "category=lecture | Лекция",
        "category=LECTURE | Лекция",
        "category=lect | ",
        "type=periodic | ",
        "status=active | ",
        "status=cancelled | Gone",
        "status=completed | ",
        "from=2026-03-03T09:00:00Z | Лекция;100% _sure_",
        "to=2026-03-03T00:00:00Z | Jazz night",
        "from=2026-03-03T00:00:00Z&to=2026-03-04T00:00:00Z | Лекция",
        "price_min=1 | ",
        "price_max=0 | Jazz night;Лекция;100% _sure_",
        "currency=EUR | Jazz night;Лекция;100% _sure_",
        "near=50.06,19.94&radius_m=1000 | Jazz night",
        "near=53.3,-6.2 | Лекция;100% _sure_",
        "sort=start | Jazz night;Лекция;100% _sure_",
        "sort=-start | 100% _sure_;Лекция;Jazz night",
        "sort=title | 100% _sure_;Jazz night;Лекция",
        "near=50,19&radius_m=1000000&sort=distance | Jazz night",
      })
  void eachFilterAndSortFindsItsOwn(String query, @Nullable String titles) {
    String area = area("Hall", "Kraków", 50.06, 19.94);
    published("Лекция", 2, "\"category\": \"Lecture\", \"description\": \"Москва\"");
    published("Jazz night", 1, "\"position\": null, \"area_id\": \"" + area + "\"");
    published("100% _sure_", 4, "\"category\": \"Music\"");
    String gone = published("Gone", 3, "\"category\": \"Music\"");
    tenant.post("/api/v1/events/" + gone + "/cancel", "{}");

    List<String> found = titles(get(LIST + "?" + query.replace(" ", "%20")).json().path("data"));

    List<String> expected = titles == null ? List.of() : List.of(titles.split(";", -1));
    assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    if (query.startsWith("sort")) {
      assertThat(found).isEqualTo(expected);
    }
  }

  @Test
  void statusFollowsTheTime() {
    String id = published("Concert", 1, "\"category\": \"Music\"");

    at(Instant.parse("2026-03-02T10:00:00Z"));
    assertThat(titles(get(LIST + "?status=active").json().path("data"))).containsExactly("Concert");
    assertThat(get(LIST + "?status=scheduled").json().path("data")).isEmpty();
    at(Instant.parse("2026-03-02T11:00:00Z"));
    assertThat(get(LIST).json().path("data")).isEmpty();
    assertThat(get(LIST + "?status=active").json().path("data")).isEmpty();
    JsonNode completed = get(LIST + "?status=completed").json().path("data");
    assertThat(titles(completed)).containsExactly("Concert");
    assertThat(completed.path(0).path("status").asText()).isEqualTo("completed");
    JsonNode one = get(LIST + "/" + id).json();
    assertThat(one.path("status").asText()).isEqualTo("completed");
    assertThat(one.path("dates")).hasSize(1);
    assertThat(titles(get(LIST + "?from=2026-03-01T00:00:00Z").json().path("data")))
        .containsExactly("Concert");
  }

  @Test
  void recurringEventIsThereOnceWithTheDateThatCounts() {
    String id = published("Class", 1, "\"category\": \"Yoga\"");
    dates(id, 7, 14, 21);

    assertThat(starts("")).containsExactly("2026-03-02T10:00:00Z");
    assertThat(starts("?from=2026-03-03T00:00:00Z")).containsExactly("2026-03-09T10:00:00Z");
    assertThat(starts("?from=2026-03-10T00:00:00Z&to=2026-03-11T00:00:00Z")).isEmpty();
    assertThat(starts("?sort=-start")).containsExactly("2026-03-02T10:00:00Z");
    at(Instant.parse("2026-03-20T00:00:00Z"));
    assertThat(starts("")).containsExactly("2026-03-23T10:00:00Z");
    at(SettableTime.START);
    JsonNode first = get(LIST + "/" + id + "/dates?limit=3").json();
    assertThat(first.path("data")).hasSize(3);
    JsonNode last =
        get(LIST + "/class/dates?limit=3&cursor=" + first.path("next_cursor").asText()).json();
    assertThat(last.at("/data/0/starts_at").asText()).isEqualTo("2026-03-23T10:00:00Z");
    assertThat(last.path("next_cursor").isNull()).isTrue();
    assertThat(get(LIST + "/" + id + "/dates?to=2026-03-03T00:00:00Z").json().path("data"))
        .hasSize(1);
    assertThat(api.get(LIST + "/" + id + "/dates?cursor=abc").send().status()).isEqualTo(400);
  }

  @Test
  void longDateIsFoundWhileItGoesOnInTheOrderOfItsStart() {
    published("Exhibition", 1, "\"ends_at\": \"2026-06-01T10:00:00Z\"");
    published("Talk", 60, "\"category\": \"Lecture\"");
    published("Earlier talk", 50, "\"category\": \"Lecture\"");

    at(Instant.parse("2026-04-01T00:00:00Z"));

    assertThat(titles(get(LIST).json().path("data")))
        .containsExactly("Exhibition", "Earlier talk", "Talk");
    assertThat(titles(get(LIST + "?status=active").json().path("data")))
        .containsExactly("Exhibition");
    assertThat(titles(get(LIST + "?sort=-start").json().path("data")))
        .containsExactly("Talk", "Earlier talk", "Exhibition");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sort=start",
        "sort=-start",
        "sort=title",
        "sort=price",
        "sort=newest",
        "sort=distance&near=10,10&radius_m=1000000",
        "q=event&sort=title",
        "status=cancelled"
      })
  void pagesGoThroughAllOnceInOrder(String query) {
    entries(
        IntStream.range(0, 57)
            .mapToObj(i -> new GeoPoint(10 + i % 5 * 0.1, 10 + i % 3 * 0.1))
            .toList(),
        query.contains("cancelled"));
    List<String> whole = ids(get(LIST + "?limit=100&" + query).json());
    assertThat(whole).hasSize(57).doesNotHaveDuplicates();

    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = get(LIST + "?limit=4&" + query + cursor).json();
      seen.addAll(ids(page));
      cursor =
          page.path("next_cursor").isNull() ? "" : "&cursor=" + page.path("next_cursor").asText();
    } while (!cursor.isEmpty());

    assertThat(seen).isEqualTo(whole);
  }

  @Test
  void cursorIsOfItsQueryOnly() {
    entries(IntStream.range(0, 9).mapToObj(i -> new GeoPoint(10, 10)).toList(), false);
    String cursor = get(LIST + "?limit=2").json().path("next_cursor").asText();

    assertThat(get(LIST + "?limit=5&cursor=" + cursor).json().path("data")).hasSize(5);
    for (String other :
        List.of("sort=title", "sort=-start", "q=event", "city=x", "price_max=5", "near=10,10")) {
      Answer refused = api.get(LIST + "?" + other + "&cursor=" + cursor).send();
      assertThat(refused.status()).as(other).isEqualTo(400);
      assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo("cursor");
    }
    for (int i = 0; i < cursor.length(); i += 7) {
      char there = cursor.charAt(i);
      String tampered =
          cursor.substring(0, i) + (there == 'A' ? 'B' : 'A') + cursor.substring(i + 1);
      assertThat(api.get(LIST + "?cursor=" + tampered).send().status()).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "near=abc | near",
        "near=91,0 | near",
        "near=0,180.1 | near",
        "near=1;2 | near",
        "near=NaN,0 | near",
        "near=1e5,0 | near",
        "near=1,2,3 | near",
        "near= | near",
        "near=1,2&radius_m=0 | radius_m",
        "near=1,2&radius_m=-5 | radius_m",
        "near=1,2&radius_m=1000001 | radius_m",
        "near=1,2&radius_m=99999999999999999999 | radius_m",
        "near=1,2&radius_m=1.5 | radius_m",
        "radius_m=5 | radius_m",
        "sort=distance | sort",
        "sort=id | sort",
        "sort= | sort",
        "status=draft | status",
        "type=x | type",
        "limit=0 | limit",
        "limit=101 | limit",
        "limit=x | limit",
        "cursor=x | cursor",
        "from=yesterday | from",
        "from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z | to",
        "from=2026-03-02T00:00:00Z&to=2026-03-02T00:00:00Z | to",
        "price_min=-1 | price_min",
        "price_min=5&price_max=4 | price_max",
        "price_max=x | price_max",
        "currency=euro | currency",
        "organization_id=x | organization_id",
        "q=a&q=b | q",
        "q=%00 | q",
        "q=%FF | q",
      })
  void whatIsNoQueryIsRefusedByParameter(String query, String parameter) {
    Answer refused = api.get(LIST + "?" + query).send();

    assertThat(refused.status()).as(refused.body()).isEqualTo(400);
    assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo(parameter);
    assertThat(refused.header("cache-control")).isNotEqualTo(CatalogueController.CACHED);
  }

  @Test
  void longOrOddSearchesDoNoHarm() {
    published("Concert", 1, "\"category\": \"Music\"");

    assertThat(api.get(LIST + "?q=" + "x".repeat(10_000)).send().status()).isEqualTo(400);
    assertThat(get(LIST + "?q=" + "x%20".repeat(50)).json().path("data")).isEmpty();
    assertThat(get(LIST + "?q=").json().path("data")).hasSize(1);
    assertThat(get(LIST + "?q=%20%20").json().path("data")).hasSize(1);
    assertThat(get(LIST + "?city=%20").json().path("data")).hasSize(1);
    assertThat(get(LIST + "?q=%27%22%3B--").json().path("data")).isEmpty();
    assertThat(get(LIST + "?q=%CC%81").json().path("data")).hasSize(1);
    assertThat(get(LIST + "?what=ever").json().path("data")).hasSize(1);
  }

  @Test
  void answersCanBeCached() {
    published("Concert", 1, "\"category\": \"Music\"");
    published("Other", 1, "\"category\": \"Music\"");
    for (String path : List.of(LIST + "?limit=1", LIST + "/concert", LIST + "/concert/dates")) {
      Answer first = get(path);
      at(SettableTime.START.plusSeconds(59));
      Answer second = api.get(path).header("If-None-Match", tagOf(first)).send();

      assertThat(first.header("cache-control")).isEqualTo(CatalogueController.CACHED);
      assertThat(first.cookies()).isEmpty();
      assertThat(second.status()).as(path).isEqualTo(304);
      assertThat(second.header("cache-control")).isEqualTo(CatalogueController.CACHED);
      at(SettableTime.START);
    }
  }

  @Test
  void areasAreThoseWithPublicEventsToCome() {
    String hall = area("Hall", "Cork", 51.9, -8.5);
    String empty = area("Empty", "Cork", 51.9, -8.5);
    String hidden = area("Hidden", "Cork", 51.9, -8.5);
    published("One", 1, "\"position\": null, \"area_id\": \"" + hall + "\"");
    published("Two", 2, "\"position\": null, \"area_id\": \"" + hall + "\"");
    published(
        "No",
        2,
        "\"visibility\": \"unlisted\", \"position\": null, \"area_id\": \"" + hidden + "\"");

    JsonNode areas = get("/api/v1/catalogue/areas?organization_id=" + tenant.organization).json();

    assertThat(areas.path("data")).hasSize(1);
    assertThat(areas.at("/data/0/name").asText()).isEqualTo("Hall");
    assertThat(areas.at("/data/0/events").asInt()).isEqualTo(2);
    assertThat(get("/api/v1/catalogue/areas/" + hall).json()).isEqualTo(areas.at("/data/0"));
    assertThat(get("/api/v1/catalogue/areas?city=CORK").json().path("data")).hasSize(1);
    assertThat(get("/api/v1/catalogue/areas?city=dublin").json().path("data")).isEmpty();
    for (String other : List.of(empty, hidden, UUID.randomUUID().toString())) {
      assertThat(api.get("/api/v1/catalogue/areas/" + other).send().status()).isEqualTo(404);
    }
    at(Instant.parse("2026-05-01T00:00:00Z"));
    assertThat(get("/api/v1/catalogue/areas").json().path("data")).isEmpty();
  }

  @Test
  void nearFindsWhatIsNearEverywhereOnEarth() {
    Random random = new Random(7);
    List<GeoPoint> places = new ArrayList<>();
    for (double latitude : new double[] {90, -90, 89.999, -89.999, 0}) {
      for (double longitude : new double[] {180, -180, 179.999, -179.999, 0, 90}) {
        places.add(new GeoPoint(latitude, longitude));
      }
    }
    while (places.size() < 3_000) {
      double latitude = Math.toDegrees(Math.asin(2 * random.nextDouble() - 1));
      double longitude = random.nextDouble() * 360 - 180;
      places.add(
          places.size() % 3 > 0
              ? new GeoPoint(latitude, longitude)
              : new GeoPoint(
                  Math.signum(latitude) * (90 - random.nextDouble() / 2),
                  Math.signum(longitude) * (180 - random.nextDouble() / 2)));
    }
    Map<String, GeoPoint> byId = entries(places, false);

    for (int i = 0; i < 60; i++) {
      GeoPoint centre = i < 30 ? places.get(i) : places.get(random.nextInt(places.size()));
      long radius = new long[] {1, 1_000, 30_000, 400_000, 1_000_000}[i % 5];
      List<String> expected =
          byId.entrySet().stream()
              .filter(place -> centre.metresTo(place.getValue()) <= radius)
              .sorted(Comparator.comparingDouble(place -> centre.metresTo(place.getValue())))
              .map(Map.Entry::getKey)
              .limit(100)
              .toList();
      String near =
          String.format(
              Locale.ROOT,
              "?limit=100&near=%.15f,%.15f&radius_m=%d",
              centre.latitude(),
              centre.longitude(),
              radius);

      JsonNode nearest = get(LIST + near + "&sort=distance").json();
      assertThat(centimetres(byId, centre, ids(nearest)))
          .as(near)
          .isEqualTo(centimetres(byId, centre, expected));
      if (expected.size() < 100) {
        assertThat(ids(get(LIST + near).json())).containsExactlyInAnyOrderElementsOf(expected);
      }
      for (JsonNode one : nearest.path("data")) {
        GeoPoint place = Objects.requireNonNull(byId.get(one.path("id").asText()));
        assertThat(Math.abs(one.path("distance_metres").asLong() - centre.metresTo(place)))
            .isLessThan(1);
      }
    }
  }

  /// Of those that are as far as each other the order is another matter.
  private static List<Long> centimetres(
      Map<String, GeoPoint> places, GeoPoint centre, List<String> ids) {
    return ids.stream()
        .map(id -> Math.round(centre.metresTo(Objects.requireNonNull(places.get(id))) * 100))
        .toList();
  }

  @Test
  void touringEventIsWhereItsDateIs() {
    String id = published("Tour", 1, "\"category\": \"Music\"");
    dates(id, 7);
    owner.useHandle(
        handle -> {
          handle.execute(
              """
              update occurrences
              set latitude = -33.9, longitude = 151.2
              where event_id = ? and original_start = '2026-03-09 10:00'
              """,
              UUID.fromString(id));
          handle.execute("select refresh_catalogue(array[?])", UUID.fromString(id));
        });

    String there = LIST + "?near=-33.9,151.2&radius_m=1000&sort=distance";
    String here = LIST + "?near=53.3,-6.2&radius_m=1000&sort=distance";
    assertThat(get(there).json().path("data")).isEmpty();
    assertThat(get(here).json().path("data")).hasSize(1);
    at(Instant.parse("2026-03-03T00:00:00Z"));
    assertThat(get(there).json().path("data")).hasSize(1);
    assertThat(get(here).json().path("data")).isEmpty();
  }

  /// Events of one date each, some at one time, or of one title; by their ids.
  private Map<String, GeoPoint> entries(List<GeoPoint> places, boolean cancelled) {
    Map<String, GeoPoint> byId = new HashMap<>();
    owner.useTransaction(
        handle -> {
          var event =
              handle.prepareBatch(
                  """
                  insert into events (
                    id, organization_id, title, type, status, visibility, latitude, longitude,
                    arrival_radius_metres, time_zone, tracking_opens_minutes_before,
                    check_in_on_arrival, created_by, created_at, updated_at, version)
                  values (
                    :id, :organization, :title, 'demand', :status, 'public', :latitude,
                    :longitude, 150, 'UTC', 60, false, :user, now(), now(), 1)
                  """);
          for (int i = 0; i < places.size(); i++) {
            UUID id = UUID.randomUUID();
            byId.put(id.toString(), places.get(i));
            event
                .bind("id", id)
                .bind("organization", tenant.organization)
                .bind("user", tenant.user)
                .bind("status", cancelled ? "cancelled" : "scheduled")
                .bind("title", "Event " + i % 7)
                .bind("latitude", places.get(i).latitude())
                .bind("longitude", places.get(i).longitude())
                .add();
          }
          event.execute();
          handle.execute(
              """
              insert into occurrences (
                id, organization_id, event_id, original_start, local_start, local_end, time_zone,
                starts_at, ends_at, status, created_at, updated_at, version)
              select
                gen_random_uuid(), organization_id, id, start, start, start + interval '1 hour',
                'UTC', start at time zone 'UTC', (start + interval '1 hour') at time zone 'UTC',
                status, now(), now(), 1
              from (
                select
                  e.*,
                  timestamp '2026-04-01 10:00'
                    + make_interval(mins => (row_number() over (order by id) / 3)::int) as start
                from events e
                where organization_id = ?) e
              """,
              tenant.organization);
          handle.execute(
              "select refresh_catalogue(array(select id from events where organization_id = ?))",
              tenant.organization);
        });
    return byId;
  }

  /// Some days later the same again.
  private static void dates(String id, int... days) {
    owner.useHandle(
        handle -> {
          for (int day : days) {
            handle.execute(
                """
                insert into occurrences (
                  id, organization_id, event_id, original_start, local_start, local_end, time_zone,
                  starts_at, ends_at, status, created_at, updated_at, version)
                select
                  gen_random_uuid(), organization_id, event_id, original_start + day,
                  local_start + day, local_end + day, time_zone, starts_at + day, ends_at + day,
                  status, created_at, updated_at, version
                from (
                  select * from occurrences where event_id = ? order by original_start limit 1) o,
                  make_interval(days => ?) day
                """,
                UUID.fromString(id),
                day);
          }
          handle.execute("select refresh_catalogue(array[?])", UUID.fromString(id));
        });
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

  /// An event of an hour, so many days after the first of March.
  private String planned(String title, int days, String more) {
    Instant start = Instant.parse("2026-03-01T10:00:00Z").plus(Duration.ofDays(days));
    String fields =
        """
        "title": "%s", "time_zone": "UTC", "starts_at": "%s"\
        """
            .formatted(title, start);
    if (!more.contains("visibility")) {
      fields += ", \"visibility\": \"public\"";
    }
    if (!more.contains("ends_at")) {
      fields += ", \"ends_at\": \"" + start.plus(Duration.ofHours(1)) + "\"";
    }
    if (!more.contains("position")) {
      fields += ", \"position\": {\"latitude\": 53.3, \"longitude\": -6.2}";
    }
    Answer made = tenant.post("/api/v1/events", "{" + fields + ", " + more + "}");
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.json().path("id").asText();
  }

  private String published(String title, int days, String more) {
    String id = planned(title, days, more);
    Answer activated = tenant.post("/api/v1/events/" + id + "/activate");
    assertThat(activated.status()).as(activated.body()).isEqualTo(200);
    return id;
  }

  private String tag(String id) {
    return tagOf(tenant.get("/api/v1/events/" + id));
  }

  private static String tagOf(Answer answer) {
    return Objects.requireNonNull(answer.header("etag"));
  }

  private static Answer get(String path) {
    Answer answer = api.get(path).send();
    assertThat(answer.status()).as(path + "\n" + answer.body()).isEqualTo(200);
    return answer;
  }

  private static List<String> starts(String query) {
    return texts(get(LIST + query).json().path("data"), "/date/starts_at");
  }

  private static List<String> titles(JsonNode data) {
    return texts(data, "/title");
  }

  private static List<String> ids(JsonNode page) {
    return texts(page.path("data"), "/id");
  }

  private static List<String> texts(JsonNode data, String pointer) {
    List<String> texts = new ArrayList<>();
    data.forEach(one -> texts.add(one.at(pointer).asText()));
    return texts;
  }
}
