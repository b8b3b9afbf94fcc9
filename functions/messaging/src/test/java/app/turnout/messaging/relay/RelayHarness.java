package app.turnout.messaging.relay;

import app.turnout.testing.SettableTime;
import app.turnout.testing.TestDatabase;
import app.turnout.testing.TestFunctions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The function on a real database and queue, and what its tests put into them.
final class RelayHarness implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  static final String SENDER = "hello@turnout.example";
  static final String QUEUE = "outbox-" + UUID.randomUUID();

  private final TestDatabase database = new TestDatabase();
  private final Map<String, Object> mail;
  private final List<OutboxRelayFunction> started = new ArrayList<>();
  private int count;

  /// @param mail properties that say where the mail server is
  RelayHarness(Map<String, Object> mail) {
    this.mail = mail;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    database.beforeAll(context);
    start(mail);
    function().context().getBean(SqsClient.class).createQueue(queue -> queue.queueName(QUEUE));
  }

  @Override
  public void afterEach(ExtensionContext context) throws SQLException {
    execute("delete from outbox_messages");
    execute("delete from password_resets");
    execute("delete from users");
    function().context().getBean(SettableTime.class).set(SettableTime.START);
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    for (OutboxRelayFunction function : started) {
      function.close();
    }
    database.afterAll(context);
  }

  /// One more relay, as another execution environment.
  OutboxRelayFunction start(Map<String, Object> changed) {
    Map<String, Object> properties =
        new HashMap<>(TestFunctions.properties("outbox-relay", database, TestDatabase.JOBS));
    properties.putAll(TestFunctions.aws());
    properties.put("turnout.queues.outbox", TestFunctions.queueUrl(QUEUE));
    properties.put("turnout.mail.from", "Turnout <" + SENDER + ">");
    properties.put("turnout.mail.tls", false);
    properties.put("turnout.mail.host", "127.0.0.1");
    properties.putAll(mail);
    properties.putAll(changed);
    OutboxRelayFunction function = new OutboxRelayFunction(properties);
    started.add(function);
    return function;
  }

  OutboxRelayFunction function() {
    return started.getFirst();
  }

  /// Wakes the relay as the queue does.
  void relay() {
    relay(function());
  }

  static void relay(OutboxRelayFunction function) {
    function.handleRequest(Map.of(), new FakeContext(30_000));
  }

  SettableTime time() {
    return function().context().getBean(SettableTime.class);
  }

  /// A registration that waits for its mail, and the mail. The message's id.
  UUID registration(String email, String locale) throws SQLException {
    return registration(email, locale, "user:" + email);
  }

  UUID registration(String email, String locale, String orderingKey) throws SQLException {
    UUID user = user(email, locale);
    UUID verification = id();
    execute(
        """
        insert into email_verifications (
          id, user_id, generation, token_hash, name, locale, password_hash, created_at, expires_at)
        values (?, ?, 1, '', 'Ana', ?, 'hash', ?, ?)
        """,
        verification,
        user,
        locale,
        now(),
        now().plusHours(24));
    return message(
        "email_verification", orderingKey, "{\"verification_id\": \"" + verification + "\"}");
  }

  UUID user(String email, String locale) throws SQLException {
    UUID user = id();
    execute(
        """
        insert into users (id, email, name, locale, password_hash, created_at, updated_at)
        values (?, ?, 'Ana', ?, 'hash', ?, ?)
        """,
        user,
        email,
        locale,
        now(),
        now());
    return user;
  }

  /// Somebody asked to set a new password, for this account or for an address that nobody has.
  UUID reset(@Nullable UUID user) throws SQLException {
    UUID reset = id();
    execute(
        """
        insert into password_resets (id, user_id, token_hash, created_at, expires_at)
        values (?, cast(? as uuid), '', ?, ?)
        """,
        reset,
        user == null ? null : user.toString(),
        now(),
        now().plusHours(1));
    return reset;
  }

  /// An account is to have another address.
  UUID emailChange(UUID user, String oldEmail, String newEmail) throws SQLException {
    UUID change = id();
    execute(
        """
        insert into email_changes (
          id, user_id, old_email, new_email, token_hash, created_at, expires_at)
        values (?, ?, ?, ?, '', ?, ?)
        """,
        change,
        user,
        oldEmail,
        newEmail,
        now(),
        now().plusHours(24));
    return change;
  }

  UUID message(String kind, String orderingKey, String payload) throws SQLException {
    UUID message = id();
    execute(
        """
        insert into outbox_messages (
          id, kind, ordering_key, payload, created_at, next_attempt_at)
        values (?, ?, ?, cast(? as jsonb), ?, ?)
        """,
        message,
        kind,
        orderingKey,
        payload,
        now(),
        now());
    return message;
  }

  /// `sent`, `dead` or `open`.
  String state(UUID message) throws SQLException {
    return value(
        """
        select case when sent_at is not null then 'sent'
                    when dead_at is not null then 'dead'
                    else 'open' end
        from outbox_messages
        where id = ?
        """,
        message);
  }

  String value(String sql, Object... arguments) throws SQLException {
    try (Connection connection = database.owner().getConnection();
        PreparedStatement statement = prepared(connection, sql, arguments);
        ResultSet row = statement.executeQuery()) {
      row.next();
      @Nullable String value = row.getString(1);
      return Objects.requireNonNullElse(value, "null");
    }
  }

  /// Connections as the relay's own role.
  DataSource asRelay() {
    return database.as(TestDatabase.JOBS);
  }

  void execute(String sql, @Nullable Object... arguments) throws SQLException {
    try (Connection connection = database.owner().getConnection();
        PreparedStatement statement = prepared(connection, sql, arguments)) {
      statement.execute();
    }
  }

  private static PreparedStatement prepared(
      Connection connection, String sql, @Nullable Object... arguments) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < arguments.length; i++) {
      statement.setObject(i + 1, arguments[i]);
    }
    return statement;
  }

  private OffsetDateTime now() {
    return time().instant().atOffset(ZoneOffset.UTC);
  }

  private UUID id() {
    return new UUID(0x7000, 0x8000_0000_0000_0000L | ++count);
  }
}
