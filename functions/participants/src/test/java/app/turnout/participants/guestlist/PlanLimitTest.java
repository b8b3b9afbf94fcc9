package app.turnout.participants.guestlist;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.platform.http.HttpFunction;
import app.turnout.testing.ApiClient;
import app.turnout.testing.ApiClient.Answer;
import app.turnout.testing.OpenApiResponses;
import app.turnout.testing.SettableTime;
import app.turnout.testing.TestDatabase;
import app.turnout.testing.TestFunctions;
import app.turnout.testing.TestTokens;
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

/// A plan that allows three participants an event.
class PlanLimitTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final UUID ORGANIZATION = UUID.randomUUID();
  private static final UUID USER = UUID.randomUUID();

  private static HttpFunction function;
  private static ApiClient api;
  private static Jdbi owner;

  private UUID event;

  @BeforeAll
  static void start() {
    Map<String, Object> properties =
        new HashMap<>(TestFunctions.properties("participants", DATABASE, TestDatabase.APP));
    properties.putAll(TestFunctions.aws());
    properties.put("turnout.queues.outbox", TestFunctions.queueUrl("participants-plan"));
    properties.put("datasources.default.maximum-pool-size", 8);
    properties.put("turnout.plans.free.participants-per-event", 3);
    function = new HttpFunction(properties) {};
    api = new ApiClient(function, OpenApiResponses.ofArea("participants"));
    owner = Jdbi.create(DATABASE.owner());
    owner.useHandle(
        handle -> {
          handle.execute(
              """
              insert into organizations (id, name, type, plan, created_at, updated_at, version)
              values (?, 'Ours', 'event', 'free', now(), now(), 1)
              """,
              ORGANIZATION);
          handle.execute(
              """
              insert into users (id, email, name, locale, password_hash, created_at, updated_at)
              values (?, 'ana@example.com', 'Ana', 'en', '', now(), now())
              """,
              USER);
          handle.execute(
              """
              insert into members (organization_id, user_id, role, created_at)
              values (?, ?, 'org_owner', now())
              """,
              ORGANIZATION,
              USER);
        });
  }

  @AfterAll
  static void stop() {
    function.close();
  }

  @BeforeEach
  void plan() {
    event = UUID.randomUUID();
    owner.useHandle(
        handle -> {
          handle
              .createUpdate(
                  """
                  insert into events (
                    id, organization_id, title, type, status, visibility, arrival_radius_metres,
                    time_zone, tracking_opens_minutes_before, check_in_on_arrival, created_by,
                    created_at, updated_at, version)
                  values (
                    :event, :organization, 'Lecture', 'demand', 'scheduled', 'private', 150,
                    'UTC', 60, false, :user, now(), now(), 1)
                  """)
              .bind("event", event)
              .bind("organization", ORGANIZATION)
              .bind("user", USER)
              .execute();
          handle
              .createUpdate(
                  """
                  insert into occurrences (
                    id, organization_id, event_id, original_start, local_start, local_end,
                    time_zone, starts_at, ends_at, status, created_at, updated_at, version)
                  values (
                    :event, :organization, :event, '2026-04-01', '2026-04-01', '2026-04-02', 'UTC',
                    timestamptz '2026-04-01 00:00Z', timestamptz '2026-04-02 00:00Z', 'scheduled',
                    now(), now(), 1)
                  """)
              .bind("event", event)
              .bind("organization", ORGANIZATION)
              .execute();
        });
  }

  @Test
  void oneParticipantTooManyIsRefused() {
    for (int i = 0; i < 3; i++) {
      assertThat(add().status()).isEqualTo(201);
    }

    Answer refused = add();

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().path("type").asText())
        .isEqualTo("urn:turnout:problem:plan_limit_reached");
  }

  @Test
  void ofManyWhoWantTheLastPlaceOneGetsIt() throws Exception {
    add();
    add();

    List<Answer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Answer>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        calls.add(threads.submit(this::add));
      }
      for (Future<Answer> call : calls) {
        answers.add(call.get());
      }
    }

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    assertThat(answers).filteredOn(answer -> answer.status() == 403).hasSize(7);
  }

  @Test
  void eachEventHasItsOwnPlaces() {
    for (int i = 0; i < 3; i++) {
      add();
    }
    plan();

    assertThat(add().status()).isEqualTo(201);
  }

  private Answer add() {
    return api.post("/api/v1/events/" + event + "/participants")
        .bearer(TestTokens.accessToken(USER, ORGANIZATION, SettableTime.START))
        .json("{\"name\": \"Brendan\"}")
        .send();
  }
}
