package app.turnout.events;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.platform.http.HttpFunction;
import app.turnout.testing.ApiClient;
import app.turnout.testing.ApiClient.Answer;
import app.turnout.testing.OpenApiResponses;
import app.turnout.testing.SettableTime;
import app.turnout.testing.TestDatabase;
import app.turnout.testing.TestFunctions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What the catalogue holds follows what organisers do, in the same moment.
class CatalogueTest {
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
  void draftAndPrivateAreNotThereAndTheDeletedIsGone() {
    String draft = path(event("Draft", "public"));
    String hidden = published("Hidden", "private");
    String shown = published("Shown", "public");
    assertThat(titles()).containsExactly("Shown");

    assertThat(tenant.delete(shown).status()).isEqualTo(204);
    assertThat(tenant.patch(hidden, tag(hidden), "{\"visibility\": \"unlisted\"}").status())
        .isEqualTo(200);
    tenant.post(draft + "/activate");

    assertThat(titles()).containsExactlyInAnyOrder("Draft", "Hidden");
    assertThat(count("catalogue_entries", "is_listed")).isEqualTo(1);
    assertThat(count("catalogue_dates", "is_listed")).isEqualTo(1);
  }

  @Test
  void changesArriveAtOnce() {
    String path = published("Concert", "public");

    tenant.patch(path, tag(path), "{\"title\": \"Jazz\", \"starts_at\": \"2026-04-01T09:30:00Z\"}");
    assertThat(value("select original_start || ' ' || starts_at from catalogue_dates", "event_id"))
        .isEqualTo("2026-04-01 10:00:00 2026-04-01 09:30:00+00");
    assertThat(titles()).containsExactly("Jazz");
    tenant.post(path + "/registration/close");
    assertThat(count("catalogue_entries", "registration_closed_at is not null")).isEqualTo(1);
    tenant.post(path + "/cancel", "{}");
    assertThat(count("catalogue_entries", "status = 'cancelled'")).isEqualTo(1);
    assertThat(count("catalogue_dates", "status = 'cancelled' and is_last")).isEqualTo(1);
    tenant.post(path + "/archive");
    assertThat(count("catalogue_entries", "not is_listed")).isEqualTo(1);
    assertThat(count("catalogue_dates", "not is_listed")).isEqualTo(1);
  }

  @Test
  void whatIsHeldInAnAreaFollowsIt() {
    Answer area =
        tenant.post(
            "/api/v1/areas",
            """
            {"name": "Hall", "city": "Cork", "position": {"latitude": 51.9, "longitude": -8.5}}
            """);
    String path = published("Concert", "public");
    String place = "/api/v1/areas/" + area.json().path("id").asText();
    tenant.patch(
        path,
        tag(path),
        "{\"position\": null, \"area_id\": \"" + area.json().path("id").asText() + "\"}");
    assertThat(count("catalogue_entries", "city = 'Cork' and city_keys = '{cork}'")).isEqualTo(1);

    tenant.patch(place, Objects.requireNonNull(area.header("etag")), "{\"city\": \"Kraków\"}");

    assertThat(count("catalogue_entries", "city = 'Kraków' and city_keys = '{krakow}'"))
        .isEqualTo(1);
    assertThat(count("catalogue_dates", "city = 'Kraków' and latitude = 51.9")).isEqualTo(1);
  }

  @Test
  void slugsAreReadableUniqueAndStay() {
    String first = published("Ação & Música: 100%!", "public");
    String second = published("Ação & Música: 100%!", "public");
    String japanese = published("東京の夜", "public");
    String russian = published("Ёлка в Москве", "public");
    String unlisted = published("Ação & Música: 100%!", "unlisted");

    assertThat(slug(first)).isEqualTo("acao-musica-100");
    assertThat(slug(second)).isEqualTo("acao-musica-100-" + last(second, 6));
    assertThat(slug(japanese)).isEqualTo(last(japanese, 16));
    assertThat(slug(russian)).isEqualTo("elka-v-moskve");
    assertThat(slug(unlisted)).isEqualTo("acao-musica-100-" + last(unlisted, 16));

    tenant.patch(first, tag(first), "{\"title\": \"Jazz\"}");
    assertThat(slug(first)).isEqualTo("jazz");
    assertThat(count("catalogue_entries", "former_slugs = '{acao-musica-100}'")).isEqualTo(1);
    tenant.patch(second, tag(second), "{\"description\": \"x\"}");
    assertThat(slug(second)).isEqualTo("acao-musica-100-" + last(second, 6));
    tenant.patch(first, tag(first), "{\"visibility\": \"private\"}");
    tenant.patch(first, tag(first), "{\"visibility\": \"public\"}");
    assertThat(slug(first)).isEqualTo("jazz");
    tenant.patch(first, tag(first), "{\"title\": \"Ação & Música: 100%!\"}");
    assertThat(slug(first)).isEqualTo("acao-musica-100");
  }

  @Test
  void ofEventsPublishedAtOnceEachHasAnAddress() throws Exception {
    List<String> drafts =
        List.of(
            path(event("Twins", "public")),
            path(event("Twins", "public")),
            path(event("Twins", "public")),
            path(event("Twins", "public")));

    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Answer>> answers =
          drafts.stream()
              .map(draft -> threads.submit(() -> tenant.post(draft + "/activate")))
              .toList();
      for (Future<Answer> answer : answers) {
        assertThat(answer.get().status()).isEqualTo(200);
      }
    }

    assertThat(drafts.stream().map(CatalogueTest::slug).distinct()).hasSize(4).contains("twins");
  }

  @Test
  void ofTwoWhoChangeTheSameEventAtOnceTheLaterShowsBoth() throws Exception {
    Answer area =
        tenant.post(
            "/api/v1/areas",
            """
            {"name": "Hall", "city": "Cork", "position": {"latitude": 51.9, "longitude": -8.5}}
            """);
    String place = "/api/v1/areas/" + area.json().path("id").asText();
    String path = published("Old", "public");
    tenant.patch(
        path,
        tag(path),
        "{\"position\": null, \"area_id\": \"" + area.json().path("id").asText() + "\"}");

    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<Answer> moved =
          owner.inTransaction(
              handle -> {
                handle.execute("update events set title = 'New' where id = ?", id(path));
                handle.execute("select refresh_catalogue(array[?])", id(path));
                Future<Answer> waiting =
                    threads.submit(
                        () ->
                            tenant.patch(
                                place,
                                Objects.requireNonNull(area.header("etag")),
                                "{\"city\": \"Galway\"}"));
                awaitLock();
                return waiting;
              });
      assertThat(moved.get().status()).isEqualTo(200);
    }

    assertThat(count("catalogue_entries", "title = 'New' and city = 'Galway'")).isEqualTo(1);
  }

  /// Until somebody waits for another's transaction.
  private static void awaitLock() {
    while (owner.withHandle(
        handle ->
            handle
                    .createQuery("select count(*) from pg_locks where not granted")
                    .mapTo(Integer.class)
                    .one()
                == 0)) {
      Thread.onSpinWait();
    }
  }

  @Test
  void organizationIsNamedAsItIsAndWhileItClosesNothingIsShown() {
    published("Concert", "public");

    owner.useHandle(
        handle ->
            handle.execute(
                "update organizations set name = 'New' where id = ?", tenant.organization));
    assertThat(count("catalogue_entries", "organization_name = 'New'")).isEqualTo(1);
    owner.useHandle(
        handle ->
            handle.execute(
                """
                update organizations
                set deletion_requested_at = now(), deletion_due_at = now(),
                  deletion_requested_by = ?
                where id = ?
                """,
                tenant.user,
                tenant.organization));
    assertThat(titles()).isEmpty();
    owner.useHandle(
        handle ->
            handle.execute(
                """
                update organizations
                set deletion_requested_at = null, deletion_due_at = null,
                  deletion_requested_by = null
                where id = ?
                """,
                tenant.organization));
    assertThat(titles()).containsExactly("Concert");
  }

  @Test
  void eachDateIsTheNextOneFromTheEndOfTheOneBefore() {
    String path = published("Class", "public");
    owner.useHandle(
        handle -> {
          for (int day : new int[] {3, 2, 4}) {
            handle.execute(
                """
                insert into occurrences (
                  id, organization_id, event_id, original_start, local_start, local_end, time_zone,
                  starts_at, ends_at, status, created_at, updated_at, version)
                select
                  gen_random_uuid(), organization_id, event_id, original_start + day,
                  local_start + day, local_end + day, time_zone, starts_at + day, ends_at + day,
                  case when day = interval '3 days' then 'cancelled' else status end, created_at,
                  updated_at, version
                from occurrences, make_interval(days => ?) day
                where event_id = ? and original_start = '2026-04-01 10:00'
                """,
                day,
                id(path));
          }
          handle.execute("select refresh_catalogue(array[?])", id(path));
          handle.execute("select refresh_catalogue(array[?])", id(path));
        });

    List<String> dates =
        owner.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select extract(day from starts_at) || ' ' || is_listed || ' '
                          || is_last || ' ' || coalesce(extract(day from
                            nullif(previous_ends_at, '-infinity'))::text, '-')
                        from catalogue_dates
                        where event_id = :id
                        order by starts_at
                        """)
                    .bind("id", id(path))
                    .mapTo(String.class)
                    .list());
    assertThat(dates)
        .containsExactly("1 true false -", "3 true false 1", "4 false false -", "5 true true 3");
  }

  private Answer event(String title, String visibility) {
    Answer made =
        tenant.post(
            "/api/v1/events",
            """
            {"title": "%s", "visibility": "%s", "time_zone": "UTC",
             "position": {"latitude": 53.3, "longitude": -6.2},
             "starts_at": "2026-04-01T10:00:00Z", "ends_at": "2026-04-01T11:00:00Z"}
            """
                .formatted(title, visibility));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made;
  }

  private String published(String title, String visibility) {
    String path = path(event(title, visibility));
    assertThat(tenant.post(path + "/activate").status()).isEqualTo(200);
    return path;
  }

  private static String path(Answer made) {
    return "/api/v1/events/" + made.json().path("id").asText();
  }

  private static UUID id(String path) {
    return UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
  }

  private static String last(String path, int digits) {
    String id = id(path).toString().replace("-", "");
    return id.substring(id.length() - digits);
  }

  private String tag(String path) {
    return Objects.requireNonNull(tenant.get(path).header("etag"));
  }

  private static String slug(String path) {
    return owner.withHandle(
        handle ->
            handle
                .createQuery("select slug from catalogue_entries where event_id = :id")
                .bind("id", id(path))
                .mapTo(String.class)
                .one());
  }

  private List<String> titles() {
    return owner.withHandle(
        handle ->
            handle
                .createQuery(
                    "select title from catalogue_entries where organization_id = :organization")
                .bind("organization", tenant.organization)
                .mapTo(String.class)
                .list());
  }

  private String value(String select, String order) {
    return owner.withHandle(
        handle ->
            handle
                .createQuery(select + " where organization_id = :organization order by " + order)
                .bind("organization", tenant.organization)
                .mapTo(String.class)
                .one());
  }

  private int count(String table, String condition) {
    return owner.withHandle(
        handle ->
            handle
                .createQuery(
                    "select count(*) from "
                        + table
                        + " where organization_id = :organization and "
                        + condition)
                .bind("organization", tenant.organization)
                .mapTo(Integer.class)
                .one());
  }
}
