package app.turnout.events;

import app.turnout.testing.ApiClient;
import app.turnout.testing.ApiClient.Answer;
import app.turnout.testing.TestTokens;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;

/// An organization with its owner, who calls the API.
public final class TestTenant {
  public final UUID organization = UUID.randomUUID();
  public final UUID user = UUID.randomUUID();

  private final ApiClient api;
  private final Jdbi owner;
  private final InstantSource time;

  public TestTenant(ApiClient api, Jdbi owner, InstantSource time) {
    this.api = api;
    this.owner = owner;
    this.time = time;
    owner.useHandle(
        handle -> {
          handle.execute(
              """
              insert into organizations (id, name, type, plan, created_at, updated_at, version)
              values (?, 'Ours', 'event', 'enterprise', now(), now(), 1)
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

  public Answer get(String path) {
    return signed(api.get(path)).send();
  }

  public Answer post(String path) {
    return signed(api.post(path)).send();
  }

  public Answer post(String path, String json) {
    return signed(api.post(path)).json(json).send();
  }

  public Answer put(String path, String tag, String json) {
    return signed(api.call("PUT", path)).header("If-Match", tag).json(json).send();
  }

  public Answer patch(String path, String tag, String json) {
    return signed(api.call("PATCH", path)).header("If-Match", tag).json(json).send();
  }

  public Answer delete(String path) {
    return signed(api.call("DELETE", path)).send();
  }

  public ApiClient.Call signed(ApiClient.Call call) {
    return call.bearer(TestTokens.accessToken(user, organization, time.instant()));
  }

  /// A participant of an event's only date.
  public UUID participant(String event, String email, String locale) {
    UUID id = UUID.randomUUID();
    owner.useHandle(
        handle ->
            handle.execute(
                """
                insert into participants (
                  id, organization_id, event_id, occurrence_id, name, email, locale, status,
                  created_at, updated_at, version)
                select ?, o.organization_id, o.event_id, o.id, 'Bo', ?, ?, 'pending', now(), now(), 1
                from occurrences o
                where o.event_id = ?
                """,
                id,
                email,
                locale,
                UUID.fromString(event)));
    return id;
  }

  /// The actions of the audit log, in no order: their ids are of one moment.
  public List<String> audited() {
    return owner.withHandle(
        handle ->
            handle
                .createQuery(
                    "select action from audit_log where organization_id = :organization order by"
                        + " id")
                .bind("organization", organization)
                .mapTo(String.class)
                .list());
  }

  /// How many rows of the tenant a table holds.
  public int count(String table) {
    return owner.withHandle(
        handle ->
            handle
                .createQuery(
                    "select count(*) from " + table + " where organization_id = :organization")
                .bind("organization", organization)
                .mapTo(Integer.class)
                .one());
  }

  /// What all of them answer who call at once.
  @SafeVarargs
  public static List<Integer> atOnce(Callable<Answer>... calls) throws Exception {
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(calls.length)) {
      List<Future<Answer>> answers = new ArrayList<>();
      for (Callable<Answer> call : calls) {
        answers.add(threads.submit(call));
      }
      for (Future<Answer> answer : answers) {
        statuses.add(answer.get().status());
      }
    }
    return statuses;
  }
}
