package app.turnout.participants;

import app.turnout.platform.http.HttpFunction;
import app.turnout.testing.ApiClient;
import app.turnout.testing.ApiClient.Answer;
import app.turnout.testing.OpenApiDocument;
import app.turnout.testing.OpenApiResponses;
import app.turnout.testing.SettableTime;
import app.turnout.testing.TestDatabase;
import app.turnout.testing.TestFunctions;
import app.turnout.testing.TestTokens;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The function on a real database, and people in organizations, put straight into the tables.
public final class ParticipantsHarness implements BeforeAllCallback, AfterAllCallback {
  private static final OpenApiResponses CONTRACT =
      OpenApiResponses.of(OpenApiDocument.ofArea("participants"));

  private final TestDatabase database = new TestDatabase();
  private final String name = "participants-" + UUID.randomUUID();
  private @Nullable HttpFunction started;

  /// Somebody with an account.
  ///
  /// @param actsIn by their access tokens; null for no organization
  public record Person(UUID id, String email, @Nullable UUID actsIn) {
    public UUID organization() {
      return Objects.requireNonNull(actsIn);
    }

    public Person in(UUID other) {
      return new Person(id, email, other);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    database.beforeAll(context);
    Map<String, Object> properties =
        new HashMap<>(TestFunctions.properties("participants", database, TestDatabase.APP));
    properties.putAll(TestFunctions.aws());
    properties.put("turnout.queues.outbox", TestFunctions.queueUrl(name));
    properties.put("turnout.tables.rate-limits", name);
    properties.put("datasources.default.maximum-pool-size", 8);
    properties.put("micronaut.server.max-request-size", "4MB");
    started = new HttpFunction(properties) {};
    function().context().getBean(SqsClient.class).createQueue(queue -> queue.queueName(name));
    createTable(name);
  }

  private void createTable(String name) {
    function()
        .context()
        .getBean(DynamoDbClient.class)
        .createTable(
            table ->
                table
                    .tableName(name)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(
                        AttributeDefinition.builder()
                            .attributeName("pk")
                            .attributeType(ScalarAttributeType.S)
                            .build())
                    .keySchema(
                        KeySchemaElement.builder()
                            .attributeName("pk")
                            .keyType(KeyType.HASH)
                            .build()));
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    function().close();
    database.afterAll(context);
  }

  private HttpFunction function() {
    return Objects.requireNonNull(started);
  }

  /// What another function of the area is started with, on the same database.
  public Map<String, Object> properties(String function, String role) {
    Map<String, Object> properties =
        new HashMap<>(TestFunctions.properties(function, database, role));
    properties.putAll(TestFunctions.aws());
    properties.put("turnout.queues.outbox", TestFunctions.queueUrl(name));
    return properties;
  }

  /// Connections as a role of the database.
  public DataSource as(String role) {
    return database.as(role);
  }

  public SettableTime time() {
    return function().context().getBean(SettableTime.class);
  }

  /// A request of somebody's, or of nobody's.
  public ApiClient.Call call(@Nullable Person person, String method, String path) {
    // What is added later has the greater id.
    time().advance(Duration.ofMillis(1));
    ApiClient.Call call = new ApiClient(function(), CONTRACT).call(method, "/api/v1" + path);
    return person == null ? call : call.bearer(token(person));
  }

  public Answer get(Person person, String path) {
    return call(person, "GET", path).send();
  }

  public Answer post(Person person, String path, String json) {
    return call(person, "POST", path).json(json).send();
  }

  public String token(Person person) {
    return TestTokens.accessToken(person.id(), person.actsIn(), time().instant().minusSeconds(60));
  }

  /// An account with a verified address.
  public Person account(String name) throws SQLException {
    UUID user = UUID.randomUUID();
    String email = name + "-" + user + "@example.com";
    execute(
        """
        insert into users (
          id, email, name, locale, password_hash, email_verified_at, created_at, updated_at)
        values (?, ?, ?, 'en', 'hash', ?, ?, ?)
        """,
        user,
        email,
        name,
        now(),
        now(),
        now());
    return new Person(user, email, null);
  }

  /// A new organization on the free plan, and its owner.
  public Person owner() throws SQLException {
    UUID organization = UUID.randomUUID();
    execute(
        """
        insert into organizations (id, name, type, plan, created_at, updated_at, version)
        values (?, 'Ours', 'event', 'free', ?, ?, 1)
        """,
        organization,
        now(),
        now());
    return member(organization, "org_owner");
  }

  public Person member(UUID organization, String role) throws SQLException {
    Person person = account(role.substring(4)).in(organization);
    execute(
        "insert into members (organization_id, user_id, role, created_at) values (?, ?, ?, ?)",
        organization,
        person.id(),
        role,
        now());
    return person;
  }

  /// An event of one date, from an hour ahead for two hours.
  public UUID event(UUID organization) throws SQLException {
    UUID event = UUID.randomUUID();
    execute(
        """
        insert into events (
          id, organization_id, title, type, status, visibility, arrival_radius_metres, time_zone,
          tracking_opens_minutes_before, check_in_on_arrival, created_at, updated_at, version)
        values (?, ?, 'Lecture', 'demand', 'scheduled', 'private', 150, 'UTC', 60, true, ?, ?, 1)
        """,
        event,
        organization,
        now(),
        now());
    execute(
        """
        insert into occurrences (
          id, organization_id, event_id, original_start, local_start, local_end, time_zone,
          starts_at, ends_at, status, created_at, updated_at, version)
        select e.id, e.organization_id, e.id, start, start, start + interval '2 hours', 'UTC',
               start at time zone 'UTC', (start + interval '2 hours') at time zone 'UTC',
               'scheduled', e.created_at, e.created_at, 1
        from events e
        cross join lateral (
          select (e.created_at at time zone 'UTC') + interval '1 hour' as start) as s
        where e.id = ?
        """,
        event);
    return event;
  }

  /// Somebody who was added to an event: what the API answered.
  public JsonNode participant(Person member, UUID event, String json) {
    Answer added = post(member, "/events/" + event + "/participants", json);
    if (added.status() != 201) {
      throw new AssertionError(added.status() + " " + added.json());
    }
    return added.json();
  }

  /// A request by a participant's link.
  public Answer byLink(JsonNode participant, String method, String path) {
    time().advance(Duration.ofMillis(1));
    return new ApiClient(function(), CONTRACT)
        .call(method, "/api/v1" + path)
        .bearer(participant.at("/link/token").asText())
        .send();
  }

  /// A bean of the function.
  public <T> T bean(Class<T> type) {
    return function().context().getBean(type);
  }

  /// The actions in an organization's audit log, in order.
  public List<String> audited(UUID organization) throws SQLException {
    return query(
        "select action from audit_log where organization_id = ? order by id", organization);
  }

  /// The first column of what a query finds, past row-level security.
  public List<String> query(String sql, Object... arguments) throws SQLException {
    try (Connection connection = database.owner().getConnection();
        PreparedStatement statement = prepared(connection, sql, arguments);
        ResultSet rows = statement.executeQuery()) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  public void execute(String sql, Object... arguments) throws SQLException {
    try (Connection connection = database.owner().getConnection();
        PreparedStatement statement = prepared(connection, sql, arguments)) {
      statement.executeUpdate();
    }
  }

  /// The answers to requests that are made at the same time.
  public static List<Answer> atOnce(List<Callable<Answer>> calls) throws Exception {
    CountDownLatch ready = new CountDownLatch(calls.size());
    try (ExecutorService threads = Executors.newFixedThreadPool(calls.size())) {
      List<Future<Answer>> begun = new ArrayList<>();
      for (Callable<Answer> call : calls) {
        begun.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  return call.call();
                }));
      }
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> each : begun) {
        answers.add(each.get());
      }
      return answers;
    }
  }

  /// The answer to a request that comes while another transaction, which has done these statements,
  /// is still open. That one commits as soon as the request waits for it.
  public Answer whileHolding(List<String> statements, Callable<Answer> call) throws Exception {
    try (Connection connection = database.owner().getConnection();
        Statement statement = connection.createStatement();
        ExecutorService thread = Executors.newSingleThreadExecutor()) {
      connection.setAutoCommit(false);
      for (String sql : statements) {
        statement.execute(sql);
      }
      Future<Answer> answer = thread.submit(call);
      while (!answer.isDone()
          && query("select pid from pg_stat_activity where wait_event_type = 'Lock'").isEmpty()) {
        Thread.onSpinWait();
      }
      connection.commit();
      return answer.get();
    }
  }

  private Object now() {
    Instant now = time().instant();
    return now.atOffset(ZoneOffset.UTC);
  }

  private static PreparedStatement prepared(Connection connection, String sql, Object... arguments)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < arguments.length; i++) {
      statement.setObject(i + 1, arguments[i]);
    }
    return statement;
  }
}
