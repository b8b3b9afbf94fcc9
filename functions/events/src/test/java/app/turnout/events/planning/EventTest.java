package app.turnout.events.planning;

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
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An event on 1 April 2026, from ten to eleven.
class EventTest {
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
  void whatIsSaidOfAnEventIsKept() {
    Answer made = event();

    Answer patched =
        tenant.patch(
            path(made),
            tag(made),
            """
            {"image_url": "https://example.com/a.png", "language": "pt",
             "translations": {"en": {"title": "Lecture"}},
             "registration_deadline": "2026-04-01T09:00:00Z", "consent_text": "Yes",
             "positions_visible_to": "participants",
             "refund_policy": {"steps": [{"hours_before": 48, "percent": 80}]},
             "confirmation_minutes_before": 1, "reminder_minutes_before": 2,
             "location_minutes_before": 3, "time_zone": "Europe/Dublin"}
            """);

    assertThat(patched.status()).as(patched.body()).isEqualTo(200);
    JsonNode kept = tenant.get(path(made)).json();
    assertThat(kept).isEqualTo(patched.json());
    assertThat(kept.path("language").asText()).isEqualTo("pt");
    assertThat(kept.at("/translations/en/title").asText()).isEqualTo("Lecture");
    assertThat(kept.at("/refund_policy/steps/0/percent").asInt()).isEqualTo(80);
    assertThat(kept.path("location_minutes_before").asInt()).isEqualTo(3);
    assertThat(kept.path("positions_visible_to").asText()).isEqualTo("participants");
    assertThat(Instant.parse(kept.path("registration_deadline").asText()))
        .isEqualTo("2026-04-01T09:00:00Z");
    assertThat(kept.at("/occurrence/starts_at").asText()).isEqualTo("2026-04-01T11:00:00+01:00");
    assertThat(tenant.audited()).containsExactlyInAnyOrder("event.created", "event.updated");
    assertThat(tenant.count("outbox_messages")).isEqualTo(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"image_url\": \"http://example.com/a.png\" | image_url | https_url",
        "\"image_url\": \"https:a b\" | image_url | https_url",
        "\"language\": \"English\" | language | pattern",
        "\"translations\": {\"en\": {\"title\": \"x\"}} | translations.en | exclusive",
        "\"translations\": {\"no tag\": {\"title\": \"x\"}} | translations | language",
        "\"registration_deadline\": \"2026-04-01T11:00:01Z\" | registration_deadline | before",
        "\"reminder_minutes_before\": 43201 | reminder_minutes_before | max",
        "\"ends_at\": \"2026-04-01T10:00:00Z\" | ends_at | after",
        "\"type\": \"periodic\" | type | fixed",
        "\"title\": null | title | required",
        "\"status\": \"active\" | status | unknown_field",
        "\"refund_policy\": {\"steps\": [{\"hours_before\": 1, \"percent\": 50},"
            + " {\"hours_before\": 2, \"percent\": 40}]}"
            + " | refund_policy.steps[1].hours_before | descending",
      })
  void whatDoesNotFitIsRefusedByFieldAndRule(String change, String field, String rule) {
    Answer made = event();

    Answer refused = tenant.patch(path(made), tag(made), "{" + change + "}");

    assertThat(refused.status()).as(refused.body()).isEqualTo(422);
    assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo(field);
    assertThat(refused.json().at("/errors/0/rule").asText()).isEqualTo(rule);
    assertThat(tenant.get(path(made)).json()).isEqualTo(made.json());
  }

  @Test
  void staleOrMissingTagIsRefused() throws Exception {
    Answer made = event();

    List<Integer> statuses =
        TestTenant.atOnce(
            () -> tenant.patch(path(made), tag(made), "{\"title\": \"A\"}"),
            () -> tenant.patch(path(made), tag(made), "{\"title\": \"B\"}"));

    assertThat(statuses).containsExactlyInAnyOrder(200, 412);
    assertThat(
            tenant.signed(api.call("PATCH", path(made))).json("{\"title\": \"C\"}").send().status())
        .isEqualTo(428);
  }

  @Test
  void publishedEventThatMovesIsToldOnceAndWhatElseChangesIsNot() {
    Answer made = event();
    Answer active = tenant.post(path(made) + "/activate");

    Answer renamed = tenant.patch(path(made), tag(active), "{\"title\": \"Talk\"}");
    assertThat(kinds()).isEmpty();
    assertThat(tenant.count("outbox_messages")).as("to those who watch").isEqualTo(1);
    tenant.patch(path(made), tag(renamed), "{\"ends_at\": \"2026-04-01T12:00:00Z\"}");

    assertThat(kinds()).containsExactly("date_moved");
  }

  @Test
  void publishedEventDoesNotMoveIntoThePast() {
    Answer made = event();
    Answer active = tenant.post(path(made) + "/activate");

    Answer refused =
        tenant.patch(
            path(made),
            tag(active),
            """
            {"starts_at": "2026-01-01T10:00:00Z", "ends_at": "2026-01-01T11:00:00Z"}
            """);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().at("/errors/0/rule").asText()).isEqualTo("future");
    assertThat(kinds()).isEmpty();
  }

  @Test
  void whatIsOverStaysAsItIs() {
    Answer made = event();
    Answer active = tenant.post(path(made) + "/activate");
    time.set(Instant.parse("2026-04-01T11:00:00Z"));

    Answer refused = tenant.patch(path(made), tag(active), "{\"title\": \"Talk\"}");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("detail").asText()).contains("completed");
    assertThat(tenant.post(path(made) + "/cancel", "{}").status()).isEqualTo(409);
  }

  @Test
  void ofTwoWhoCancelOneDoesAndThePeopleHearOnce() throws Exception {
    Answer made = event();
    tenant.post(path(made) + "/activate");

    List<Integer> statuses =
        TestTenant.atOnce(
            () -> tenant.post(path(made) + "/cancel", "{\"reason\": \"Storm\"}"),
            () -> tenant.post(path(made) + "/cancel", "{\"reason\": \"Storm\"}"));

    assertThat(statuses).containsExactlyInAnyOrder(200, 409);
    JsonNode cancelled = tenant.get(path(made)).json();
    assertThat(cancelled.path("status").asText()).isEqualTo("cancelled");
    assertThat(cancelled.path("cancellation_reason").asText()).isEqualTo("Storm");
    assertThat(cancelled.at("/occurrence/status").asText()).isEqualTo("cancelled");
    assertThat(kinds()).containsExactly("date_cancelled");
  }

  @Test
  void draftIsCancelledSilently() {
    Answer made = event();

    assertThat(tenant.post(path(made) + "/cancel", "{}").status()).isEqualTo(200);

    assertThat(kinds()).isEmpty();
    Answer refused = tenant.post(path(made) + "/activate");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("detail").asText()).contains("cancelled");
  }

  @Test
  void onlyWhatHasBegunIsCompleted() {
    Answer made = event();
    Answer early = tenant.post(path(made) + "/complete");
    tenant.post(path(made) + "/activate");
    time.set(Instant.parse("2026-04-01T10:30:00Z"));

    Answer completed = tenant.post(path(made) + "/complete");

    assertThat(early.status()).isEqualTo(409);
    assertThat(early.json().path("detail").asText()).contains("draft").contains("completed");
    assertThat(completed.json().path("status").asText()).isEqualTo("completed");
    assertThat(completed.json().at("/occurrence/status").asText()).isEqualTo("completed");
    assertThat(tenant.post(path(made) + "/complete").status()).isEqualTo(409);
  }

  @Test
  void whatIsArchivedIsListedWhenAskedFor() {
    Answer made = event();
    tenant.post(path(made) + "/activate");
    assertThat(tenant.post(path(made) + "/archive").status()).isEqualTo(409);
    time.set(Instant.parse("2026-04-01T11:00:00Z"));

    assertThat(tenant.post(path(made) + "/archive").status()).isEqualTo(200);

    assertThat(titles("")).isEmpty();
    assertThat(titles("?archived=true")).containsExactly("Lecture");
    tenant.post(path(made) + "/unarchive");
    assertThat(titles("")).containsExactly("Lecture");
  }

  @Test
  void registrationIsOpenUntilSomebodyOrTheDeadlineClosesIt() {
    Answer made = event();
    assertThat(made.json().path("registration_open").asBoolean()).isFalse();
    Answer active = tenant.post(path(made) + "/activate");
    assertThat(active.json().path("registration_open").asBoolean()).isTrue();

    Answer closed = tenant.post(path(made) + "/registration/close");
    Answer opened = tenant.post(path(made) + "/registration/open");

    assertThat(closed.json().path("registration_open").asBoolean()).isFalse();
    assertThat(opened.json().path("registration_open").asBoolean()).isTrue();
    tenant.patch(path(made), tag(opened), "{\"registration_deadline\": \"2026-03-31T10:00:00Z\"}");
    time.set(Instant.parse("2026-03-31T10:00:00Z"));
    assertThat(tenant.get(path(made)).json().path("registration_open").asBoolean()).isFalse();
  }

  @Test
  void listIsFiltered() {
    Answer made = event();
    tenant.post(path(made) + "/activate");
    event();
    tenant.post(
        "/api/v1/events",
        """
        {"title": "100% Dinner", "category": "Food", "time_zone": "UTC",
         "starts_at": "2026-05-01T10:00:00Z", "ends_at": "2026-05-01T11:00:00Z"}
        """);

    assertThat(titles("?status=scheduled")).containsExactly("Lecture");
    assertThat(titles("?status=active")).isEmpty();
    assertThat(titles("?q=100%25%20d")).containsExactly("100% Dinner");
    assertThat(titles("?q=1_0")).isEmpty();
    assertThat(titles("?category=food")).containsExactly("100% Dinner");
    assertThat(titles("?from=2026-04-01T11:00:00Z")).containsExactly("100% Dinner");
    assertThat(titles("?to=2026-04-01T10:00:00Z")).isEmpty();
    assertThat(titles("?created_by=me")).hasSize(3);
    assertThat(titles("?created_by=" + tenant.organization)).isEmpty();
    assertThat(titles("?type=periodic")).isEmpty();
    time.set(Instant.parse("2026-04-01T10:00:00Z"));
    assertThat(titles("?status=active")).containsExactly("Lecture");
    for (String bad : List.of("status=over", "type=x", "created_by=x", "from=x", "q=")) {
      assertThat(tenant.get("/api/v1/events?" + bad).status()).as(bad).isEqualTo(400);
    }
  }

  @Test
  void otherTenantsEventIsNotFound() {
    Answer made = event();
    TestTenant other = new TestTenant(api, owner, time);

    assertThat(other.patch(path(made), tag(made), "{}").status()).isEqualTo(404);
    assertThat(other.post(path(made) + "/cancel", "{}").status()).isEqualTo(404);
    assertThat(other.post(path(made) + "/archive").status()).isEqualTo(404);
  }

  @Test
  void copyIsADraftAtAnotherTime() {
    Answer made = event();
    Answer changed =
        tenant.patch(
            path(made),
            tag(made),
            """
            {"registration_deadline": "2026-04-01T09:00:00Z", "category": "Talk"}
            """);
    tenant.post(path(made) + "/cancel", "{}");

    Answer copy = tenant.post(path(made) + "/copy", "{\"starts_at\": \"2026-05-01T10:00:00Z\"}");

    assertThat(copy.status()).as(copy.body()).isEqualTo(201);
    assertThat(copy.json().path("id")).isNotEqualTo(changed.json().path("id"));
    assertThat(copy.json().path("status").asText()).isEqualTo("draft");
    assertThat(copy.json().path("category").asText()).isEqualTo("Talk");
    assertThat(Instant.parse(copy.json().at("/occurrence/ends_at").asText()))
        .isEqualTo("2026-05-01T11:00:00Z");
    assertThat(Instant.parse(copy.json().path("registration_deadline").asText()))
        .isEqualTo("2026-05-01T09:00:00Z");
  }

  @Test
  void whereSomebodyIsExpectedNothingIsDeleted() {
    Answer draft = event();
    Answer empty = event();
    Answer awaited = event();
    tenant.post(path(empty) + "/activate");
    tenant.post(path(awaited) + "/activate");
    tenant.participant(awaited.json().path("id").asText(), "bo@example.com", "en");

    assertThat(tenant.delete(path(draft)).status()).isEqualTo(204);
    assertThat(tenant.delete(path(empty)).status()).isEqualTo(204);
    assertThat(tenant.delete(path(awaited)).status()).isEqualTo(409);
    assertThat(tenant.delete(path(draft)).status()).isEqualTo(404);
    assertThat(tenant.count("occurrences")).isEqualTo(1);
    assertThat(tenant.audited()).filteredOn("event.deleted"::equals).hasSize(2);
  }

  @Test
  void deletingAndJoiningAtOnceLosesNobody() throws Exception {
    for (int i = 0; i < 10; i++) {
      Answer made = event();
      tenant.post(path(made) + "/activate");
      String id = made.json().path("id").asText();

      try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
        Future<Answer> deleted = threads.submit(() -> tenant.delete(path(made)));
        Future<Boolean> joined = threads.submit(() -> joins(id));
        assertThat(joined.get()).isEqualTo(deleted.get().status() == 409);
      }
    }
  }

  /// Whether it was possible.
  private boolean joins(String event) {
    try {
      tenant.participant(event, "bo@example.com", "en");
    } catch (JdbiException e) {
      return false;
    }
    return tenant.get("/api/v1/events/" + event).status() == 200;
  }

  private List<String> titles(String query) {
    return tenant.get("/api/v1/events" + query).json().path("data").findValuesAsText("title");
  }

  private List<String> kinds() {
    return owner.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select kind
                    from outbox_messages
                    where organization_id = :organization
                      and kind <> 'live_changes'
                    """)
                .bind("organization", tenant.organization)
                .mapTo(String.class)
                .list());
  }

  private Answer event() {
    return tenant.post(
        "/api/v1/events",
        """
        {"title": "Lecture", "time_zone": "UTC", "starts_at": "2026-04-01T10:00:00Z",
         "ends_at": "2026-04-01T11:00:00Z"}
        """);
  }

  private static String path(Answer event) {
    return "/api/v1/events/" + event.json().path("id").asText();
  }

  private static String tag(Answer answer) {
    return Objects.requireNonNull(answer.header("ETag"));
  }
}
