package app.turnout.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoresTest {
  private static final String QUEUE = "{\"QueueName\":\"pings\"}";
  private static final String TABLE =
      """
      {"TableName":"limits","BillingMode":"PAY_PER_REQUEST",
       "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
       "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}]}
      """;
  private static final String ITEM = "{\"TableName\":\"limits\",\"Item\":{\"pk\":{\"S\":\"one\"}}}";
  private static final String KEY = "{\"TableName\":\"limits\",\"Key\":{\"pk\":{\"S\":\"one\"}}}";

  @TempDir Path directory;

  @Test
  void allThreeKeepWhatTheyWereGivenOverARestart() throws Exception {
    try (EmbeddedStores stores = EmbeddedStores.start(directory, StorePorts.ANY)) {
      stores.postgres().createDatabase("turnout");
      execute(stores.postgres(), "create table seen (id int)", "insert into seen values (42)");
      AwsCall.sqs(stores.sqs(), "CreateQueue", QUEUE);
      AwsCall.sqs(
          stores.sqs(),
          "SendMessage",
          "{\"QueueUrl\":\"%s\",\"MessageBody\":\"grüß dich\"}"
              .formatted(stores.sqs().queueUrl("pings")));
      AwsCall.dynamoDb(stores.dynamoDb(), "CreateTable", TABLE);
      AwsCall.dynamoDb(stores.dynamoDb(), "PutItem", ITEM);
    }

    try (EmbeddedStores stores = EmbeddedStores.start(directory, StorePorts.ANY)) {
      stores.postgres().createDatabase("turnout");
      assertThat(number(stores.postgres(), "select id from seen")).isEqualTo(42);
      assertThat(receive(stores.sqs())).contains("grüß dich");
      assertThat(AwsCall.dynamoDb(stores.dynamoDb(), "GetItem", KEY)).contains("\"one\"");
    }
  }

  @Test
  void freshStoresOfOneProcessKnowNothingOfEachOther() throws Exception {
    try (EmbeddedStores first = EmbeddedStores.fresh();
        EmbeddedStores second = EmbeddedStores.fresh()) {
      AwsCall.sqs(first.sqs(), "CreateQueue", QUEUE);
      AwsCall.dynamoDb(first.dynamoDb(), "CreateTable", TABLE);
      first.postgres().createDatabase("turnout");

      assertThat(AwsCall.sqs(second.sqs(), "ListQueues", "{}")).doesNotContain("pings");
      assertThat(AwsCall.dynamoDb(second.dynamoDb(), "ListTables", "{}")).doesNotContain("limits");
      assertThatThrownBy(() -> number(second.postgres(), "select 1"))
          .hasMessageContaining("\"turnout\" does not exist");
    }
  }

  @Test
  void freshStoresLeaveNothingBehind() {
    URI sqs;
    int postgres;

    try (EmbeddedStores stores = EmbeddedStores.fresh()) {
      sqs = stores.sqs().endpoint();
      postgres = stores.postgres().port();
    }

    assertThat(Ports.isFree(sqs.getPort())).isTrue();
    assertThat(Ports.isFree(postgres)).isTrue();
  }

  @Test
  void aSecondUserOfTheDirectoryIsRefusedInOneLine() {
    try (EmbeddedPostgres first = EmbeddedPostgres.start(directory, 0)) {
      assertThat(first.port()).isPositive();

      assertThatThrownBy(() -> EmbeddedPostgres.start(directory, 0))
          .isInstanceOf(StoreException.class)
          .hasMessage(
              "%s is in use by another runner, process %d",
              directory, ProcessHandle.current().pid());
    }
  }

  @Test
  void aTakenPortIsToldInOneLineAndLeavesNoServer() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      assertThatThrownBy(() -> EmbeddedStores.start(directory, new StorePorts(0, 0, port)))
          .isInstanceOf(StoreException.class)
          .hasMessage("port %d is taken, and DynamoDB needs it", port);
    }
    EmbeddedStores.start(directory, StorePorts.ANY).close();
  }

  @Test
  void postgresListensOnLoopbackOnlyAndAsksForThePassword() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.fresh()) {
      assertThat(
              number(postgres, "select count(*) from pg_settings where name = 'fsync'", "postgres"))
          .isOne();
      assertThatThrownBy(
              () ->
                  java.sql.DriverManager.getConnection(
                      postgres.jdbcUrl("postgres"), "postgres", "wrong"))
          .hasMessageContaining("password authentication failed");
      for (var address : InetAddress.getAllByName(InetAddress.getLocalHost().getHostName())) {
        assertThat(address.isLoopbackAddress() || !reachable(address, postgres.port())).isTrue();
      }
    }
  }

  @Test
  void aServerWhoseProcessWasKilledIsStoppedAndItsDataKept() throws Exception {
    Process other = KilledOwner.start(directory);
    int port = KilledOwner.port(other);
    other.destroyForcibly().waitFor();

    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, 0)) {
      assertThat(number(postgres, "select id from seen")).isEqualTo(7);
      assertThat(Ports.isFree(port)).isTrue();
    }
  }

  @Test
  void aPidFileOfADeadServerDoesNotStandInTheWay() throws Exception {
    EmbeddedPostgres.start(directory, 0).close();
    String strangers = ProcessHandle.current().pid() + "\n" + directory + "\n";
    Files.writeString(directory.resolve("data/postmaster.pid"), strangers);

    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, 0)) {
      assertThat(number(postgres, "select 3", "postgres")).isEqualTo(3);
    }
  }

  private static boolean reachable(InetAddress address, int port) {
    try (Socket socket = new Socket(address, port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static String receive(EmbeddedSqs sqs) throws IOException {
    return AwsCall.sqs(
        sqs,
        "ReceiveMessage",
        "{\"QueueUrl\":\"%s\",\"WaitTimeSeconds\":5}".formatted(sqs.queueUrl("pings")));
  }

  private static void execute(EmbeddedPostgres postgres, String... statements) throws SQLException {
    try (Connection connection = postgres.superuser("turnout").getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static int number(EmbeddedPostgres postgres, String query) throws SQLException {
    return number(postgres, query, "turnout");
  }

  private static int number(EmbeddedPostgres postgres, String query, String database)
      throws SQLException {
    try (Connection connection = postgres.superuser(database).getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
