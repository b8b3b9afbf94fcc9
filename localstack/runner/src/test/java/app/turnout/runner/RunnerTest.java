package app.turnout.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.turnout.runner.fixture.Await;
import app.turnout.runner.fixture.Deployment;
import app.turnout.runner.fixture.RunnerTemplate;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path checkout;
  private Path data = Path.of("data");
  private Path seen = Path.of("seen");

  @BeforeEach
  void layOut() throws IOException {
    data = checkout.resolve("data");
    seen = checkout.resolve("seen");
    new Deployment(checkout).code("code");
  }

  private Path template(String migrate) throws IOException {
    return RunnerTemplate.write(checkout, seen, migrate);
  }

  @Test
  void secretsAreMadeOnceAndOnlyTheirOwnerReadsThem() throws Exception {
    Path file = template("RecordFunction");
    String first;
    try (Runner runner = Runner.start(RunnerOptions.fresh(file, data))) {
      first = JSON.readTree(runner.invoke("Settings", "{}")).path("turnout.secrets.key").asText();
    }

    try (Runner runner = Runner.start(RunnerOptions.fresh(file, data))) {
      assertThat(
              JSON.readTree(runner.invoke("Settings", "{}")).path("turnout.secrets.key").asText())
          .isEqualTo(first);
    }
    for (String secret :
        new String[] {"secrets/Key", "functions/Settings/application-lambda.properties"}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(secret))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aRestartFindsQueuesTablesAndRowsAgain() throws Exception {
    RunnerOptions options = RunnerOptions.fresh(template("RecordFunction"), data);
    try (Runner runner = Runner.start(options);
        AwsJson sqs = AwsJson.sqs(runner.sqs());
        AwsJson tables = AwsJson.dynamoDb(runner.dynamoDb());
        var connection = runner.superuser().getConnection();
        var statement = connection.createStatement()) {
      sqs.call("SendMessage", Map.of("QueueUrl", runner.queueUrl("Work"), "MessageBody", "kept"));
      tables.call(
          "PutItem", Map.of("TableName", "Limits", "Item", Map.of("pk", Map.of("S", "kept"))));
      statement.execute("create table kept (id int)");
    }

    try (Runner runner = Runner.start(keeping(options));
        AwsJson sqs = AwsJson.sqs(runner.sqs());
        AwsJson tables = AwsJson.dynamoDb(runner.dynamoDb());
        var connection = runner.superuser().getConnection();
        var statement = connection.createStatement()) {
      JsonNode received =
          sqs.call(
              "ReceiveMessage", Map.of("QueueUrl", runner.queueUrl("Work"), "WaitTimeSeconds", 5));
      assertThat(received.at("/Messages/0/Body").asText()).isEqualTo("kept");
      assertThat(tables.call("Scan", Map.of("TableName", "Limits")).toString()).contains("kept");
      assertThat(statement.execute("select * from kept")).isTrue();
    }

    try (Runner runner = Runner.start(options);
        AwsJson tables = AwsJson.dynamoDb(runner.dynamoDb())) {
      assertThat(tables.call("Scan", Map.of("TableName", "Limits")).toString())
          .doesNotContain("kept");
    }
  }

  @Test
  void schedulesComeByProductTime() throws Exception {
    Instant start = Instant.parse("2019-02-18T07:30:00Z");
    RunnerOptions options = RunnerOptions.fresh(template("SettingsFunction"), data).at(start, 7200);
    try (Runner runner = Runner.start(options)) {
      List<String> events = Await.lines(seen, 3);

      assertThat(events).doesNotHaveDuplicates();
      for (String line : events) {
        JsonNode event = JSON.readTree(line);
        assertThat(event.at("/source").asText()).isEqualTo("aws.events");
        assertThat(event.at("/detail-type").asText()).isEqualTo("Scheduled Event");
        assertThat(event.at("/detail").isObject()).isTrue();
        assertThat(Instant.parse(event.at("/time").asText()))
            .isBetween(start.plus(Duration.ofHours(1)), runner.clock().instant());
      }
      JsonNode settings = JSON.readTree(runner.invoke("Settings", "{}"));
      assertThat(settings.path("turnout.clock.start").asText()).isEqualTo(start.toString());
      assertThat(settings.path("turnout.clock.speed").asText()).isEqualTo("7200.0");
      assertThat(settings.path("turnout.clock.origin").asText())
          .isEqualTo(runner.clock().origin().toString());
    }
    assertThat(Await.read(seen).getLast()).isEqualTo("closed");
  }

  @Test
  void mailsEndInTheMailbox() throws Exception {
    Instant start = Instant.parse("2019-02-18T07:30:00Z");
    RunnerOptions options = RunnerOptions.fresh(template("RecordFunction"), data).at(start, 1);
    try (Runner runner = Runner.start(options)) {
      mail(runner, "ada@example.org", "Grüße", "Follow https://turnout.example/a?b=1&c=2 <now>");
      mail(runner, "bob@example.org", "Second", "Text");

      JsonNode all = JSON.readTree(get(runner.mailbox().resolve("messages")));
      JsonNode adas = JSON.readTree(get(runner.mailbox().resolve("messages?to=ADA@example.org")));
      assertThat(all.findValuesAsText("subject")).containsExactly("Second", "Grüße");
      assertThat(adas).hasSize(1);
      assertThat(adas.at("/0/to").asText()).isEqualTo("ada@example.org");
      assertThat(adas.at("/0/from").asText()).isEqualTo("turnout@turnout.example");
      assertThat(adas.at("/0/text").asText().strip())
          .isEqualTo("Follow https://turnout.example/a?b=1&c=2 <now>");
      assertThat(adas.at("/0/html").isNull()).isTrue();
      assertThat(Instant.parse(adas.at("/0/received_at").asText()))
          .isBetween(start, start.plus(Duration.ofMinutes(2)));
      assertThat(get(runner.mailbox()))
          .contains("<a href=\"https://turnout.example/a?b=1&amp;c=2\">")
          .contains("&lt;now&gt;");
    }
  }

  @Test
  void aTakenPortIsOneClearLine() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      RunnerOptions options =
          new RunnerOptions(
              template("RecordFunction"),
              data,
              taken.getLocalPort(),
              false,
              Optional.empty(),
              Optional.empty());

      assertThatThrownBy(() -> Runner.start(options))
          .hasMessage("port %d is taken, and the front (--port) needs it", taken.getLocalPort());
    }
  }

  @Test
  void aSchemaThatDoesNotApplyEndsTheStartAndLeavesNothingRunning() throws Exception {
    RunnerOptions options = RunnerOptions.fresh(template("RefusingFunction"), data);

    assertThatThrownBy(() -> Runner.start(options))
        .isInstanceOf(RunnerException.class)
        .hasMessage(
            "MigrateFunction failed: java.lang.IllegalStateException: the schema does not fit");

    assertThat(Files.exists(data.resolve("postgres/data/postmaster.pid"))).isFalse();
    Runner.start(RunnerOptions.fresh(template("RecordFunction"), data)).close();
  }

  private static RunnerOptions keeping(RunnerOptions options) {
    return new RunnerOptions(
        options.template(), options.data(), 0, false, Optional.empty(), Optional.empty());
  }

  private static String get(URI uri) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
  }

  private static void mail(Runner runner, String to, String subject, String text) throws Exception {
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.host", "127.0.0.1");
    properties.setProperty("mail.smtp.port", Integer.toString(runner.smtpPort()));
    MimeMessage message = new MimeMessage(Session.getInstance(properties));
    message.setFrom("turnout@turnout.example");
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
    message.setSubject(subject, "UTF-8");
    message.setText(text, "UTF-8");
    Transport.send(message);
  }
}
