package app.turnout.events.series;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/// An organiser with recurring events, and the job that makes their dates ahead.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SeriesHarness {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  HttpFunction function;
  HttpFunction job;
  ApiClient api;
  SettableTime time;
  SettableTime jobTime;
  GoOn goOn;
  Jdbi owner;
  TestTenant tenant;

  @BeforeAll
  void start() {
    function = function("events", TestDatabase.APP);
    job = function("recurrence", TestDatabase.JOBS);
    api = new ApiClient(function, OpenApiResponses.ofArea("events"));
    time = function.context().getBean(SettableTime.class);
    jobTime = job.context().getBean(SettableTime.class);
    goOn = job.context().getBean(GoOn.class);
    owner = Jdbi.create(DATABASE.owner());
  }

  private static HttpFunction function(String name, String role) {
    Map<String, Object> properties = new HashMap<>(TestFunctions.properties(name, DATABASE, role));
    properties.putAll(TestFunctions.aws());
    properties.put("datasources.default.maximum-pool-size", 8);
    return new HttpFunction(properties) {};
  }

  @AfterAll
  void stop() {
    function.close();
    job.close();
  }

  @BeforeEach
  void found() {
    owner.useHandle(handle -> handle.execute("truncate events, outbox_messages cascade"));
    at(SettableTime.START);
    tenant = new TestTenant(api, owner, time);
  }

  void at(Instant now) {
    time.set(now);
    jobTime.set(now);
  }

  void at(String now) {
    at(Instant.parse(now));
  }

  long makeAhead() {
    return goOn.makeAhead(() -> true);
  }

  Answer series(String zone, String start, String end, String recurrence) {
    return tenant.post(
        "/api/v1/events",
        """
        {"title": "Class", "type": "periodic", "time_zone": "%s", "starts_at": "%s",
         "ends_at": "%s", "recurrence": %s}
        """
            .formatted(zone, start, end, recurrence));
  }

  /// Of the first page, up to a hundred.
  List<JsonNode> dates(Answer event, String query) {
    List<JsonNode> dates = new ArrayList<>();
    tenant
        .get(path(event) + "/occurrences?limit=100" + query)
        .json()
        .path("data")
        .forEach(dates::add);
    return dates;
  }

  List<String> starts(Answer event) {
    return dates(event, "").stream().map(date -> date.path("starts_at").asText()).toList();
  }

  /// What people are told by mail, in its order.
  List<String> kinds() {
    return owner.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select kind
                    from outbox_messages
                    where organization_id = :organization
                      and kind <> 'live_changes'
                    order by created_at, id
                    """)
                .bind("organization", tenant.organization)
                .mapTo(String.class)
                .list());
  }

  /// Of which dates those who watch are told that they changed.
  List<UUID> watched() {
    return owner.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select cast((payload ->> 'update')::jsonb ->> 'occurrence' as uuid)
                    from outbox_messages
                    where organization_id = :organization
                      and kind = 'live_changes'
                      and (payload ->> 'update')::jsonb -> 'rows' @> '[["event"]]'
                    order by created_at, id
                    """)
                .bind("organization", tenant.organization)
                .mapTo(UUID.class)
                .list());
  }

  UUID participant(JsonNode date, String email) {
    UUID id = UUID.randomUUID();
    owner.useHandle(
        handle ->
            handle.execute(
                """
                insert into participants (
                  id, organization_id, event_id, occurrence_id, name, email, locale, status,
                  created_at, updated_at, version)
                select ?, o.organization_id, o.event_id, o.id, 'Bo', ?, 'en', 'pending', now(),
                       now(), 1
                from occurrences o
                where o.id = ?
                """,
                id,
                email,
                UUID.fromString(date.path("id").asText())));
    return id;
  }

  static String path(Answer event) {
    return "/api/v1/events/" + event.json().path("id").asText();
  }

  static String tag(Answer answer) {
    return Objects.requireNonNull(answer.header("ETag"));
  }
}
