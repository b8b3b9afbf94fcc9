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

/// The function on real stores, with what its tests say often.
final class IdentityHarness implements BeforeAllCallback, AfterAllCallback {
  static final String PASSWORD = "a quite unusual phrase";

  private static final OpenApiResponses CONTRACT =
      OpenApiResponses.of(OpenApiDocument.ofArea("identity"));

  private final Map<String, Object> properties;
  private final TestDatabase database = new TestDatabase();
  private @Nullable HttpFunction started;

  IdentityHarness(Map<String, Object> properties) {
    this.properties = properties;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    database.beforeAll(context);
    String table = "rate-limits-" + UUID.randomUUID();
    Map<String, Object> all =
        new HashMap<>(TestFunctions.properties("identity", database, TestDatabase.APP));
    all.putAll(TestFunctions.aws());
    all.put("turnout.tables.rate-limits", table);
    all.put("turnout.queues.outbox", TestFunctions.queueUrl(table));
    all.put("turnout.passwords.memory-kib", 64);
    all.put("turnout.passwords.iterations", 1);
    all.putAll(properties);
    started = new HttpFunction(all) {};
    bean(SqsClient.class).createQueue(queue -> queue.queueName(table));
    createTable(table);
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
    return new ApiClient(function(), CONTRACT);
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

  ApiClient.Answer verify(String token) {
    return post("verify-email", "{\"token\": \"" + token + "\"}");
  }

  /// Registers, verifies and logs in.
  JsonNode account(String email) throws SQLException {
    register(email, PASSWORD);
    verify(mailedToken(email));
    return logIn(email, PASSWORD).json();
  }

  /// What the newest mail to an address carries.
  String mailedToken(String email) throws SQLException {
    return mailedTokens(email).getLast();
  }

  List<String> mailedTokens(String email) throws SQLException {
    DerivedTokens tokens = new DerivedTokens("verification-token-key-of-at-least-32-characters");
    List<String> mailed = new ArrayList<>();
    for (String id :
        query(
            """
            select v.id
            from outbox_messages m
            join email_verifications v on v.id = (m.payload ->> 'verification_id')::uuid
            join users u on u.id = v.user_id
            where lower(u.email) = lower(?)
            order by m.position
            """,
            email)) {
      mailed.add(tokens.token(UUID.fromString(id), 1));
    }
    return mailed;
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
