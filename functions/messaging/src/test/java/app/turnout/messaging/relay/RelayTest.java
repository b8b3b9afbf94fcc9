package app.turnout.messaging.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.turnout.container.AlsoOnLocalStack;
import app.turnout.testing.TestFunctions;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

@AlsoOnLocalStack
class RelayTest {
  private static final ScriptedMailServer SERVER = new ScriptedMailServer();

  @RegisterExtension
  static final RelayHarness RELAY =
      new RelayHarness(Map.of("turnout.mail.port", SERVER.port(), "turnout.outbox.attempts", 3));

  @AfterEach
  void behaveAgain() {
    SERVER.behaveAgain();
  }

  @AfterAll
  static void stop() throws IOException {
    SERVER.close();
  }

  @Test
  void messageIsSentOnceAndMarked() throws SQLException {
    UUID message = RELAY.registration("ana@example.com", "en");

    RELAY.relay();
    RELAY.relay();

    assertThat(SERVER.taken()).hasSize(1);
    assertThat(RELAY.state(message)).isEqualTo("sent");
  }

  @Test
  void messageCarriesOnTheTraceThatCausedIt() throws SQLException {
    SqsClient sqs = RELAY.function().context().getBean(SqsClient.class);
    String url = sqs.createQueue(queue -> queue.queueName("traced")).queueUrl();
    OutboxRelayFunction relay = RELAY.start(Map.of("turnout.queues.locations-events", url));
    String trace = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
    for (String header : new String[] {trace, null}) {
      UUID message =
          RELAY.message(
              "participant_removed",
              "traced",
              """
              {"participant_id": "01900000-0000-7000-8000-000000000001",
               "organization_id": "01900000-0000-7000-8000-000000000002"}
              """);
      RELAY.execute("update outbox_messages set trace_header = ? where id = ?", header, message);
    }

    RelayHarness.relay(relay);

    assertThat(
            sqs.receiveMessage(
                    request ->
                        request
                            .queueUrl(url)
                            .maxNumberOfMessages(10)
                            .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages())
        .extracting(
            message -> message.attributes().get(MessageSystemAttributeName.AWS_TRACE_HEADER))
        .hasSize(2)
        .contains(trace)
        .doesNotHaveDuplicates();
  }

  @Test
  void refusedForNowComesAgainLater() throws SQLException {
    UUID message = RELAY.registration("ana@example.com", "en");
    SERVER.reply("RCPT", "451 try later");

    RELAY.relay();
    RELAY.relay();

    assertThat(RELAY.state(message)).isEqualTo("open");
    assertThat(attempts(message)).isEqualTo("1");
    assertThat(waitOf(message)).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
    assertThat(error(message)).isEqualTo("the mail server refused the recipient: 451");

    SERVER.behaveAgain();
    RELAY.time().advance(Duration.ofSeconds(30));
    RELAY.relay();

    assertThat(SERVER.taken()).hasSize(1);
    assertThat(RELAY.state(message)).isEqualTo("sent");
    assertThat(error(message)).isEqualTo("null");
  }

  @Test
  void refusedForEverIsDeadAtOnce() throws SQLException {
    UUID message = RELAY.registration("nobody@example.com", "en");
    SERVER.reply("RCPT", "550 no such mailbox <nobody@example.com>");

    RELAY.relay();

    assertThat(RELAY.state(message)).isEqualTo("dead");
    assertThat(error(message)).isEqualTo("the mail server refused the recipient: 550");
  }

  @Test
  void refusalOfTheSenderOrTheMailIsNotTheRecipientsFault() throws SQLException {
    UUID first = RELAY.registration("a@example.com", "en");
    SERVER.reply("MAIL", "553 who are you");
    RELAY.relay();
    SERVER.behaveAgain();
    UUID second = RELAY.registration("b@example.com", "en");
    SERVER.reply("END", "554 rejected");
    RELAY.relay();

    assertThat(RELAY.state(first)).isEqualTo("open");
    assertThat(RELAY.state(second)).isEqualTo("open");
    assertThat(error(second)).isEqualTo("the mail server refused the mail: 554");
  }

  @Test
  void messageThatNeverSucceedsIsDeadAfterItsAttempts() throws SQLException {
    UUID message = RELAY.registration("ana@example.com", "en");
    SERVER.reply("RCPT", "451 try later");

    for (int i = 0; i < 3; i++) {
      RELAY.relay();
      RELAY.time().advance(Duration.ofHours(1));
    }
    SERVER.behaveAgain();
    RELAY.relay();

    assertThat(RELAY.state(message)).isEqualTo("dead");
    assertThat(attempts(message)).isEqualTo("3");
    assertThat(SERVER.taken()).isEmpty();
  }

  @Test
  void laterMessageOfAKeyWaitsForTheEarlierOne() throws SQLException {
    UUID first = RELAY.registration("first@example.com", "en", "key");
    UUID second = RELAY.registration("second@example.com", "en", "key");
    UUID other = RELAY.registration("other@example.com", "en", "other key");
    SERVER.reply("RCPT TO:<first@example.com>", "451 try later");

    RELAY.relay();

    assertThat(List.of(RELAY.state(first), RELAY.state(second), RELAY.state(other)))
        .containsExactly("open", "open", "sent");
    assertThat(attempts(second)).isEqualTo("0");

    SERVER.behaveAgain();
    RELAY.time().advance(Duration.ofMinutes(1));
    RELAY.relay();

    assertThat(recipients()).containsExactly("first@example.com", "second@example.com");
  }

  @Test
  void deadMessageHoldsNobodyUp() throws SQLException {
    UUID first = RELAY.registration("first@example.com", "en", "key");
    UUID second = RELAY.registration("second@example.com", "en", "key");
    SERVER.reply("RCPT TO:<first@example.com>", "550 gone");

    RELAY.relay();

    assertThat(RELAY.state(first)).isEqualTo("dead");
    assertThat(RELAY.state(second)).isEqualTo("sent");
  }

  @Test
  void crashBetweenSendingAndMarkingSendsTheSameMailAgain() throws SQLException {
    UUID message = RELAY.registration("ana@example.com", "en");
    RELAY.execute(
        """
        create function break() returns trigger language plpgsql as
        $$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$
        """);
    RELAY.execute(
        "create trigger break before update on outbox_messages for each row execute function"
            + " break()");
    RELAY.execute("alter function break() security definer");

    assertThatThrownBy(RELAY::relay).isInstanceOf(RuntimeException.class);
    RELAY.execute("drop function break() cascade");
    String stateAfterCrash = RELAY.state(message);
    RELAY.relay();

    assertThat(stateAfterCrash).isEqualTo("open");
    assertThat(RELAY.state(message)).isEqualTo("sent");
    assertThat(SERVER.taken()).hasSize(2);
    assertThat(SERVER.taken().stream().map(RelayTest::messageId))
        .containsOnly("<" + message + "@turnout.example>");
  }

  @Test
  void messageIsSentByOneRelayHoweverManyRun() throws Exception {
    List<UUID> messages = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      messages.add(RELAY.registration("u" + i + "@example.com", "en", "key " + i % 8));
    }
    OutboxRelayFunction second = RELAY.start(Map.of());
    OutboxRelayFunction first = RELAY.function();

    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      List<Future<?>> runs = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        OutboxRelayFunction function = i % 2 == 0 ? first : second;
        runs.add(threads.submit(() -> RelayHarness.relay(function)));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    }
    RELAY.relay();

    assertThat(SERVER.taken().stream().map(RelayTest::messageId))
        .hasSize(40)
        .doesNotHaveDuplicates();
    for (UUID message : messages) {
      assertThat(RELAY.state(message)).isEqualTo("sent");
    }
    for (int key = 0; key < 8; key++) {
      int of = key;
      assertThat(recipients().stream().map(RelayTest::number).filter(n -> n % 8 == of)).isSorted();
    }
  }

  @Test
  void relayWithoutTimeStopsAndAsksToBeWokenAgain() throws SQLException {
    UUID message = RELAY.registration("ana@example.com", "en");

    RELAY.function().handleRequest(Map.of(), new FakeContext(5_000));

    assertThat(RELAY.state(message)).isEqualTo("open");
    assertThat(
            RELAY
                .function()
                .context()
                .getBean(SqsClient.class)
                .receiveMessage(
                    request -> request.queueUrl(TestFunctions.queueUrl(RelayHarness.QUEUE)))
                .messages())
        .isNotEmpty();
  }

  @Test
  void unknownKindAndBrokenPayloadHoldNobodyUp() throws SQLException {
    UUID unknown = RELAY.message("pigeon", "a", "{}");
    UUID broken = RELAY.message("email_verification", "b", "{\"verification_id\": \"x\"}");
    UUID good = RELAY.registration("ana@example.com", "en");

    RELAY.relay();

    assertThat(RELAY.state(unknown)).isEqualTo("open");
    assertThat(error(unknown)).isEqualTo("nobody sends messages of this kind");
    assertThat(RELAY.state(broken)).isEqualTo("open");
    assertThat(error(broken)).isEqualTo("IllegalArgumentException");
    assertThat(RELAY.state(good)).isEqualTo("sent");
  }

  @Test
  void whatNeedsNotBeToldIsNotSent() throws SQLException {
    UUID verified = RELAY.registration("done@example.com", "en");
    RELAY.execute("update users set email_verified_at = created_at");
    RELAY.relay();
    UUID expired = RELAY.registration("late@example.com", "en");
    RELAY.time().advance(Duration.ofHours(24));
    RELAY.relay();
    UUID gone =
        RELAY.message("registration_attempted", "x", "{\"user_id\": \"" + new UUID(1, 2) + "\"}");
    RELAY.relay();

    assertThat(SERVER.taken()).isEmpty();
    assertThat(error(verified)).isEqualTo("not needed: the address is verified");
    assertThat(error(expired)).isEqualTo("not needed: the token has expired");
    assertThat(error(gone)).isEqualTo("not needed: there is no such account any more");
  }

  @Test
  void nothingIsSaidInTheOpenWhereEncryptionIsAskedFor() throws SQLException {
    UUID message = RELAY.registration("ana@example.com", "en");
    OutboxRelayFunction encrypting =
        RELAY.start(
            Map.of(
                "turnout.mail.tls",
                true,
                "turnout.secrets.mail",
                "{\"username\": \"user\", \"password\": \"secret\"}"));

    RelayHarness.relay(encrypting);

    assertThat(RELAY.state(message)).isEqualTo("open");
    assertThat(SERVER.heard()).allMatch(line -> line.startsWith("EHLO"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select password_hash from users",
        "select password_hash from email_verifications",
        "update users set email_verified_at = created_at",
        "select * from sessions",
        "delete from outbox_messages",
      })
  void relayMayNotDoWhatItNeedsNot(String sql) {
    assertThatThrownBy(
            () -> {
              try (Connection connection = RELAY.asRelay().getConnection();
                  Statement statement = connection.createStatement()) {
                statement.execute(sql);
              }
            })
        .hasMessageContaining("permission denied");
  }

  private static String attempts(UUID message) throws SQLException {
    return RELAY.value("select attempts from outbox_messages where id = ?", message);
  }

  private static String error(UUID message) throws SQLException {
    return RELAY.value("select last_error from outbox_messages where id = ?", message);
  }

  private static Duration waitOf(UUID message) throws SQLException {
    String seconds =
        RELAY.value(
            "select extract(epoch from next_attempt_at - created_at) from outbox_messages where id"
                + " = ?",
            message);
    return Duration.ofMillis((long) (Double.parseDouble(seconds) * 1000));
  }

  private static List<String> recipients() {
    return SERVER.taken().stream().map(mail -> header(mail, "To")).toList();
  }

  private static int number(String recipient) {
    return Integer.parseInt(recipient.substring(1, recipient.indexOf('@')));
  }

  private static String messageId(String mail) {
    return header(mail, "Message-ID");
  }

  private static String header(String mail, String name) {
    Matcher header = Pattern.compile("(?m)^" + name + ": (.*)$").matcher(mail);
    assertThat(header.find()).isTrue();
    return header.group(1);
  }
}
