package app.turnout.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.turnout.runner.fixture.Deployment;
import app.turnout.runner.fixture.RunnerTemplate;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStoresTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path checkout;
  private Path data = Path.of("data");
  private Path template = Path.of("template.yaml");

  @BeforeEach
  void layOut() throws IOException {
    data = checkout.resolve("data");
    new Deployment(checkout).code("code");
    template = RunnerTemplate.write(checkout, checkout.resolve("seen"), "RecordFunction");
  }

  @Test
  void samIsToldWhatFunctionsInContainersNeed() throws Exception {
    try (LocalStores stores = start(Optional.empty())) {
      int postgres = URI.create(stores.stores().jdbcUrl().replace("jdbc:", "")).getPort();
      JsonNode environment = JSON.readTree(Files.readString(data.resolve("sam-env.json")));
      assertThat(environment.at("/Settings/DATASOURCES_DEFAULT_URL").asText())
          .isEqualTo("jdbc:postgresql://host.docker.internal:" + postgres + "/turnout");
      assertThat(environment.at("/Settings/TURNOUT_QUEUES_WORK").asText())
          .isEqualTo(
              "http://host.docker.internal:"
                  + stores.stores().sqs().getPort()
                  + "/000000000000/Work");
      assertThat(environment.at("/Settings/TURNOUT_TABLES_LIMITS").asText()).isEqualTo("Limits");
      assertThat(environment.at("/Settings/TURNOUT_SECRETS_KEY").asText())
          .isEqualTo(Files.readString(data.resolve("secrets/Key")));
      assertThat(environment.at("/Settings/TURNOUT_MAIL_HOST").asText())
          .isEqualTo("host.docker.internal");
      assertThat(environment.at("/Hourly").isObject()).isTrue();
      JsonNode parameters = JSON.readTree(Files.readString(data.resolve("sam-parameters.yaml")));
      assertThat(parameters.at("/SqsUrl").asText())
          .isEqualTo("http://host.docker.internal:" + stores.stores().sqs().getPort());
      assertThat(parameters.at("/DynamoDbUrl").asText())
          .isEqualTo("http://host.docker.internal:" + stores.stores().dynamoDb().getPort());
      assertThat(parameters.at("/Architecture").asText()).isIn("arm64", "x86_64");
      for (String file : List.of("sam-env.json", "sam-parameters.yaml")) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(file))))
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void nobodyIsCalledButTheMigration() throws Exception {
    Path seen = checkout.resolve("seen");
    try (LocalStores stores = start(Optional.empty());
        AwsJson sqs = AwsJson.sqs(stores.stores().sqs())) {
      sqs.call(
          "SendMessage",
          Map.of("QueueUrl", stores.stores().queueUrl("Work"), "MessageBody", "waits"));

      assertThat(Files.readAllLines(seen)).containsExactly("{}");
    }
  }

  @Test
  void containersAreLetInAtAnAddressOfTheirOwn() throws Exception {
    InetAddress address = InetAddress.ofLiteral("127.0.0.2");
    try (ServerSocket there = new ServerSocket()) {
      there.bind(new InetSocketAddress(address, 0));
    } catch (IOException e) {
      Assumptions.abort("127.0.0.2 is not this machine's: not tried how containers are let in");
    }
    int port;
    try (LocalStores stores = start(Optional.of(address))) {
      port = stores.stores().sqs().getPort();
      try (AwsJson sqs = AwsJson.sqs(URI.create("http://127.0.0.2:" + port));
          AwsJson dynamoDb =
              AwsJson.dynamoDb(
                  URI.create("http://127.0.0.2:" + stores.stores().dynamoDb().getPort()));
          var connection =
              DriverManager.getConnection(
                  stores.stores().jdbcUrl().replace("127.0.0.1", "127.0.0.2"),
                  "postgres",
                  "postgres");
          var statement = connection.createStatement()) {
        assertThat(sqs.call("ListQueues", Map.of()).toString()).contains("/Work");
        assertThat(dynamoDb.call("ListTables", Map.of()).toString()).contains("Limits");
        assertThat(statement.execute("select 1")).isTrue();
      }
    }
    assertThatThrownBy(() -> new Socket(address, port).close()).isInstanceOf(IOException.class);
  }

  @Test
  void anAddressOfAnotherMachineIsOneClearLine() {
    assertThatThrownBy(() -> start(Optional.of(InetAddress.ofLiteral("192.0.2.1"))))
        .isInstanceOf(RunnerException.class)
        .hasMessageMatching("cannot let containers in at 192\\.0\\.2\\.1:\\d+: .+");
  }

  private LocalStores start(Optional<InetAddress> containers) {
    return new Startup(RunnerOptions.fresh(template, data), _ -> {}).runStores(containers);
  }
}
