package app.turnout.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.turnout.runner.fixture.Await;
import app.turnout.runner.fixture.Deployment;
import app.turnout.runner.fixture.RunnerTemplate;
import app.turnout.stores.StoreException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What functions find in a runner that serves.
class RunningFunctionsTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private static Path checkout;
  private static @Nullable Runner started;

  @BeforeAll
  static void start() throws IOException {
    new Deployment(checkout).code("code");
    RunnerTemplate.write(checkout, seen(), "RecordFunction");
    started = Runner.start(options());
  }

  @AfterAll
  static void stop() {
    if (started != null) {
      started.close();
    }
  }

  @Test
  void functionsAreGivenThisMachinesAddressesAndTheirSecrets() throws Exception {
    Runner runner = runner();
    JsonNode settings = JSON.readTree(get(runner.front().resolve("/settings")));

    assertThat(settings.path("datasources.default.url").asText()).isEqualTo(runner.jdbcUrl());
    assertThat(settings.path("turnout.public-url").asText())
        .isEqualTo(settings.path("turnout.public.url").asText())
        .isEqualTo(runner.front().toString());
    assertThat(settings.path("turnout.queues.work").asText()).isEqualTo(runner.queueUrl("Work"));
    assertThat(settings.path("turnout.tables.limits").asText()).isEqualTo("Limits");
    assertThat(settings.path("turnout.secrets.key").asText()).matches("[A-Za-z0-9]{64}");
    JsonNode login = JSON.readTree(settings.path("turnout.secrets.database").asText());
    assertThat(login.path("username").asText()).isEqualTo("turnout_app");
    assertThat(login.path("password").asText()).matches("[A-Za-z0-9]{32}");
    assertThat(settings.path("turnout.mail.host").asText()).isEqualTo("127.0.0.1");
    assertThat(settings.path("aws.services.sqs.endpoint-override").asText())
        .isEqualTo(runner.sqs().toString());
    assertThat(settings.has("turnout.clock.start")).isFalse();
    assertThat(Await.read(seen())).containsExactly("{}");
    JsonNode owner = JSON.readTree(settings.path("turnout.secrets.owner").asText());
    try (Connection connection =
            DriverManager.getConnection(
                runner.jdbcUrl(),
                owner.path("username").asText(),
                owner.path("password").asText());
        Statement statement = connection.createStatement()) {
      assertThat(statement.execute("create role turnout_app login")).isFalse();
    }
  }

  @Test
  void functionsSeeNeitherTheRunnerNorOneAnother() throws Exception {
    Runner runner = runner();
    JsonNode one = JSON.readTree(runner.invoke("Settings", "{}"));
    JsonNode other = JSON.readTree(runner.invoke("Other", "{}"));

    assertThat(one.path("app.turnout.runner.Runner").asBoolean(true)).isFalse();
    assertThat(one.path("com.fasterxml.jackson.databind.JsonNode").asBoolean(true)).isFalse();
    assertThat(one.path("loader").asText()).isNotEqualTo(other.path("loader").asText());
    assertThat(other.has("turnout.secrets.key")).isFalse();
  }

  @Test
  void firstCallsAtOnceLoadTheFunctionOnce() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      Callable<String> call =
          () -> JSON.readTree(runner().invoke("CalledAtOnce", "{}")).path("loader").asText();

      List<Future<String>> loaders = threads.invokeAll(Collections.nCopies(8, call));

      assertThat(loaders).extracting(Future::get).containsOnly(loaders.getFirst().get());
    }
  }

  @Test
  void aSecondRunnerOnTheSameDataIsRefused() {
    assertThatThrownBy(() -> Runner.start(options()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is in use by another runner");
  }

  private static String get(URI uri) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
  }

  private static Runner runner() {
    if (started == null) {
      throw new IllegalStateException("not started");
    }
    return started;
  }

  private static RunnerOptions options() {
    return RunnerOptions.fresh(checkout.resolve("template.yaml"), checkout.resolve("data"));
  }

  private static Path seen() {
    return checkout.resolve("seen");
  }
}
