package app.turnout.identity;

import app.turnout.platform.http.HttpFunction;
import app.turnout.platform.secrets.Secrets;
import app.turnout.platform.security.Ed25519Keys;
import app.turnout.platform.tokens.DerivedTokens;
import app.turnout.testing.ApiClient;
import app.turnout.testing.OpenApiDocument;
import app.turnout.testing.OpenApiResponses;
import app.turnout.testing.SettableTime;
import app.turnout.testing.TestDatabase;
import app.turnout.testing.TestFunctions;
import com.fasterxml.jackson.databind.JsonNode;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// The function on real stores, with what its tests say often.
final class IdentityHarness implements BeforeAllCallback, AfterAllCallback {
  static final String PASSWORD = "a quite unusual phrase";

  private static final OpenApiResponses CONTRACT =
      OpenApiResponses.of(OpenApiDocument.ofArea("identity"));

  private final Map<String, Object> properties;
  private final String name = "identity-" + UUID.randomUUID();
  private final Map<String, Object> all = new HashMap<>();
  private final TestDatabase database = new TestDatabase();
  private @Nullable HttpFunction started;

  IdentityHarness(Map<String, Object> properties) {
    this.properties = properties;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    database.beforeAll(context);
    all.putAll(TestFunctions.properties("identity", database, TestDatabase.APP));
    all.putAll(TestFunctions.aws());
    all.put("turnout.tables.rate-limits", name);
    all.put("turnout.queues.outbox", TestFunctions.queueUrl(name));
    // On AWS each environment has one; here many at once are to meet in the database.
    all.put("datasources.default.maximum-pool-size", 8);
    all.put("turnout.passwords.memory-kib", 64);
    all.put("turnout.passwords.iterations", 1);
    all.putAll(properties);
    started = new HttpFunction(all) {};
    bean(SqsClient.class).createQueue(queue -> queue.queueName(name));
    createTable(name);
    publishKey(
        bean(Secrets.class).versions("access-token-seed").getLast(),
        SettableTime.START.minus(Duration.ofDays(1)));
  }

  private void createTable(String name) {
    bean(DynamoDbClient.class)
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

  /// Publishes the key of a secret, as `migrate` does. Its id.
  String publishKey(String secret, Instant signsFrom) throws SQLException {
    PublicKey key = Ed25519Keys.fromSecret(secret).getPublic();
    execute(
        """
        insert into signing_keys (key_id, public_key, created_at, signs_from)
        values (?, ?, ?, ?)
        """,
        Ed25519Keys.keyId(key),
        Ed25519Keys.encode(key),
        time().instant().atOffset(ZoneOffset.UTC),
        signsFrom.atOffset(ZoneOffset.UTC));
    return Ed25519Keys.keyId(key);
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    function().close();
    database.afterAll(context);
  }

  private HttpFunction function() {
    return Objects.requireNonNull(started);
  }

  ApiClient api() {
    return api(function());
  }

  ApiClient api(HttpFunction one) {
    return new ApiClient(one, CONTRACT);
  }

  /// One more, as another execution environment.
  HttpFunction another() {
    return new HttpFunction(all) {};
  }

  <T> T bean(Class<T> type) {
    return function().context().getBean(type);
  }

  SettableTime time() {
    return bean(SettableTime.class);
  }

  ApiClient.Answer post(String path, String json) {
    return api().post("/api/v1/auth/" + path).json(json).send();
  }

  ApiClient.Answer register(String email, String password) {
    return post(
        "register",
        "{\"email\": \"%s\", \"password\": \"%s\", \"name\": \"Ana\", \"locale\": \"pt\"}"
            .formatted(email, password));
  }

  ApiClient.Answer logIn(String email, String password) {
    return post("login", "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, password));
  }

  ApiClient.Answer refresh(String token) {
    return post("refresh", "{\"refresh_token\": \"" + token + "\"}");
  }

  ApiClient.Answer logOut(String accessToken) {
    return api().post("/api/v1/auth/logout").bearer(accessToken).send();
  }

  ApiClient.Answer forgot(String email) {
    return post("forgot-password", "{\"email\": \"" + email + "\"}");
  }

  ApiClient.Answer reset(String token, String password) {
    return post(
        "reset-password", "{\"token\": \"%s\", \"password\": \"%s\"}".formatted(token, password));
  }

  /// Asks for the profile, which every session that is open gets.
  ApiClient.Answer profile(String accessToken) {
    return api().get("/api/v1/users/profile").bearer(accessToken).send();
  }

  /// Sends the same many times at once.
  List<ApiClient.Answer> atOnce(int times, Callable<ApiClient.Answer> call) throws Exception {
    CountDownLatch ready = new CountDownLatch(times);
    try (ExecutorService pool = Executors.newFixedThreadPool(times)) {
      List<Future<ApiClient.Answer>> calls = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        calls.add(
            pool.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  return call.call();
                }));
      }
      List<ApiClient.Answer> answers = new ArrayList<>();
      for (Future<ApiClient.Answer> answer : calls) {
        answers.add(answer.get());
      }
      return answers;
    }
  }

  ApiClient.Answer verify(String token) {
    return post("verify-email", "{\"token\": \"" + token + "\"}");
  }

  /// Registers, verifies and logs in.
  JsonNode account(String email) throws SQLException {
    register(email, PASSWORD);
    verify(mailedToken(email));
    return logIn(email, PASSWORD).json();
  }

  UUID userId(String email) throws SQLException {
    return UUID.fromString(query("select id from users where email = ?", email).getFirst());
  }

  /// The kinds of messages to an account's owner, oldest first.
  List<String> kindsMailedTo(UUID user) throws SQLException {
    return query(
        "select kind from outbox_messages where ordering_key = ? order by position",
        "user:" + user);
  }

  /// What somebody did to their own account, oldest first.
  List<String> audited(UUID user) throws SQLException {
    return query(
        """
        select action
        from audit_log
        where actor_id = ?
          and actor_kind = 'user'
          and organization_id is null
          and request_id is not null
          and source_address = '192.0.2.1'
        order by id
        """,
        user);
  }

  /// The tokens that set a new password, oldest first.
  List<String> resetTokens(String email) throws SQLException {
    return tokens(
        """
        select r.id
        from outbox_messages m
        join password_resets r on r.id = (m.payload ->> 'reset_id')::uuid
        join users u on u.id = r.user_id
        where lower(u.email) = lower(?)
        order by m.position
        """,
        email);
  }

  /// What a mail would carry if there were somebody to send it to.
  String resetTokenOfNobody() throws SQLException {
    return tokens("select id from password_resets where user_id is null and id::text <> ?", "")
        .getLast();
  }

  /// The tokens that prove a new address, oldest first.
  List<String> emailChangeTokens(String newEmail) throws SQLException {
    return tokens(
        """
        select c.id
        from outbox_messages m
        join email_changes c on c.id = (m.payload ->> 'change_id')::uuid
        where c.new_email = ?
          and m.kind = 'email_change_confirmation'
        order by m.position
        """,
        newEmail);
  }

  /// What the newest mail to an address carries.
  String mailedToken(String email) throws SQLException {
    return mailedTokens(email).getLast();
  }

  List<String> mailedTokens(String email) throws SQLException {
    return tokens(
        """
        select v.id
        from outbox_messages m
        join email_verifications v on v.id = (m.payload ->> 'verification_id')::uuid
        join users u on u.id = v.user_id
        where lower(u.email) = lower(?)
        order by m.position
        """,
        email);
  }

  /// The tokens that link an identity, oldest first.
  List<String> confirmationTokens(String email) throws SQLException {
    return tokens(
        """
        select c.id
        from outbox_messages m
        join identity_confirmations c on c.id = (m.payload ->> 'confirmation_id')::uuid
        join users u on u.id = c.user_id
        where lower(u.email) = lower(?)
        order by m.position
        """,
        email);
  }

  private List<String> tokens(String sql, String argument) throws SQLException {
    DerivedTokens tokens = new DerivedTokens("verification-token-key-of-at-least-32-characters");
    return query(sql, argument).stream().map(id -> tokens.token(UUID.fromString(id), 1)).toList();
  }

  /// Connections that may do everything, past row-level security.
  DataSource owner() {
    return database.owner();
  }

  /// Returns when a statement of this database waits for a lock.
  void awaitWaitingForLock() throws SQLException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (query(
            """
            select pid::text
            from pg_stat_activity
            where datname = current_database()
              and wait_event_type = 'Lock'
            """)
        .isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Nothing waits for a lock");
      }
    }
  }

  /// How often the relay was woken so far.
  int nudges() {
    return Integer.parseInt(
        bean(SqsClient.class)
            .getQueueAttributes(
                queue ->
                    queue
                        .queueUrl(TestFunctions.queueUrl(name))
                        .attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
            .attributes()
            .get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
  }

  /// The first column of what a query finds, past row-level security.
  List<String> query(String sql, Object... arguments) throws SQLException {
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

  void execute(String sql, Object... arguments) throws SQLException {
    try (Connection connection = database.owner().getConnection();
        PreparedStatement statement = prepared(connection, sql, arguments)) {
      statement.executeUpdate();
    }
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
