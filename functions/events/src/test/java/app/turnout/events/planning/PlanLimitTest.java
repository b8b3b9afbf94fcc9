package app.turnout.events.planning;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.platform.http.HttpFunction;
import app.turnout.testing.ApiClient;
import app.turnout.testing.ApiClient.Answer;
import app.turnout.testing.OpenApiResponses;
import app.turnout.testing.SettableTime;
import app.turnout.testing.TestDatabase;
import app.turnout.testing.TestFunctions;
import app.turnout.testing.TestTokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

/// A plan that allows three events.
class PlanLimitTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static HttpFunction function;
  private static ApiClient api;
  private static SettableTime time;
  private static Jdbi owner;

  private UUID organization;
  private UUID user;

  @BeforeAll
  static void start() {
    Map<String, Object> properties =
        new HashMap<>(TestFunctions.properties("events", DATABASE, TestDatabase.APP));
    properties.putAll(TestFunctions.aws());
    properties.put("datasources.default.maximum-pool-size", 8);
    properties.put("turnout.plans.free.events", 3);
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
    organization = UUID.randomUUID();
    user = UUID.randomUUID();
    owner.useHandle(
        handle -> {
          handle.execute(
              """
              insert into organizations (id, name, type, plan, created_at, updated_at, version)
              values (?, 'Ours', 'event', 'free', now(), now(), 1)
              """,
              organization);
          handle.execute(
              """
              insert into users (id, email, name, locale, password_hash, created_at, updated_at)
              values (?, ?, 'Ana', 'en', '', now(), now())
              """,
              user,
              user + "@example.com");
          handle.execute(
              """
              insert into members (organization_id, user_id, role, created_at)
              values (?, ?, 'org_owner', now())
              """,
              organization,
              user);
        });
  }

  @Test
  void oneEventTooManyIsRefused() {
    for (int i = 0; i < 3; i++) {
      assertThat(create().status()).isEqualTo(201);
    }

    Answer refused = create();

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().path("type").asText())
        .isEqualTo("urn:turnout:problem:plan_limit_reached");
    assertThat(count()).isEqualTo(3);
  }

  @Test
  void ofManyWhoWantTheLastPlaceOneGetsIt() throws Exception {
    create();
    create();

    List<Answer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Answer>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        calls.add(threads.submit(() -> create()));
      }
      for (Future<Answer> call : calls) {
        answers.add(call.get());
      }
    }

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    assertThat(answers).filteredOn(answer -> answer.status() == 403).hasSize(7);
    assertThat(count()).isEqualTo(3);
  }

  @Test
  void whatIsOverDoesNotCount() {
    for (int i = 0; i < 3; i++) {
      create();
    }

    time.advance(Duration.ofHours(2));

    assertThat(create("2026-04-01T10:00:00Z").status()).isEqualTo(201);
  }

  @Test
  void draftThatComesBackFromThePastCountsAgain() {
    Answer past = create();
    time.advance(Duration.ofHours(2));
    for (int i = 0; i < 3; i++) {
      assertThat(create("2026-04-01T10:00:00Z").status()).isEqualTo(201);
    }

    Answer refused = move(past, "2026-04-02T10:00:00Z");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(move(past, "2026-02-01T10:00:00Z").status()).isEqualTo(200);
  }

  private Answer move(Answer event, String start) {
    return api.call("PATCH", "/api/v1/events/" + event.json().path("id").asText())
        .bearer(TestTokens.accessToken(user, organization, time.instant()))
        .header("If-Match", "*")
        .json(
            "{\"starts_at\": \"%s\", \"ends_at\": \"%s\"}"
                .formatted(start, start.replace("T10", "T11")))
        .send();
  }

  @Test
  void higherPlanAllowsMoreUntilItEnds() {
    for (int i = 0; i < 3; i++) {
      create();
    }
    owner.useHandle(
        handle ->
            handle.execute(
                "update organizations set plan = 'basic', plan_valid_until = ? where id = ?",
                java.sql.Timestamp.from(SettableTime.START.plusSeconds(60)),
                organization));

    assertThat(create().status()).isEqualTo(201);
    time.advance(Duration.ofSeconds(60));
    assertThat(create().status()).isEqualTo(403);
  }

  @Test
  void otherTenantsEventsDoNotCount() {
    for (int i = 0; i < 3; i++) {
      create();
    }
    found();

    assertThat(create().status()).isEqualTo(201);
  }

  private Answer create() {
    return create("2026-03-01T10:00:00Z");
  }

  /// An event of one hour.
  private Answer create(String start) {
    return api.post("/api/v1/events")
        .bearer(TestTokens.accessToken(user, organization, time.instant()))
        .json(
            """
            {"title": "Lecture", "time_zone": "UTC", "starts_at": "%s", "ends_at": "%s"}
            """
                .formatted(start, start.replace("T10", "T11")))
        .send();
  }

  private int count() {
    return owner.withHandle(
        handle ->
            handle
                .createQuery("select count(*) from events where organization_id = :organization")
                .bind("organization", organization)
                .mapTo(Integer.class)
                .one());
  }
}
