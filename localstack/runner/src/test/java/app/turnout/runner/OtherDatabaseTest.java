package app.turnout.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.turnout.runner.fixture.Deployment;
import app.turnout.runner.fixture.RunnerTemplate;
import app.turnout.stores.EmbeddedPostgres;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A runner whose database is on somebody else's server.
class OtherDatabaseTest {
  @TempDir private Path checkout;
  private RunnerOptions options = RunnerOptions.fresh(Path.of("template"), Path.of("data"));

  @BeforeEach
  void layOut() throws IOException {
    new Deployment(checkout).code("code");
    Path template = RunnerTemplate.write(checkout, checkout.resolve("seen"), "RecordFunction");
    options =
        new RunnerOptions(
            template, checkout.resolve("data"), 0, false, Optional.empty(), Optional.empty());
  }

  @Test
  void anotherServerHoldsTheDatabaseAndGoesOnWithoutTheRunner() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.fresh()) {
      RunnerOptions elsewhere = options.with(database(server.port()));
      JsonNode owner;
      try (Runner runner = Runner.start(elsewhere)) {
        JsonNode settings = new JsonMapper().readTree(runner.invoke("Settings", "{}"));
        assertThat(settings.path("datasources.default.url").asText())
            .isEqualTo("jdbc:postgresql://127.0.0.1:" + server.port() + "/elsewhere?ssl=false")
            .isEqualTo(runner.jdbcUrl());
        owner = new JsonMapper().readTree(settings.path("turnout.secrets.owner").asText());
        execute(runner.jdbcUrl(), owner, "create table kept (id int)");
      }

      try (Runner runner = Runner.start(elsewhere)) {
        execute(runner.jdbcUrl(), owner, "insert into kept values (1)");
      }

      execute(server.jdbcUrl("elsewhere"), owner, "insert into kept values (2)");
      assertThat(Files.exists(options.data().resolve("postgres"))).isFalse();
    }
  }

  @Test
  void whereNothingAnswersIsToldInOneLine() {
    assertThatThrownBy(() -> Runner.start(options.with(database(1))))
        .isInstanceOf(RunnerException.class)
        .hasMessageStartingWith("cannot make the database: Connection to 127.0.0.1:1 refused")
        .hasMessageNotContaining("\n");
    assertThatThrownBy(() -> Runner.start(options.with(aws("http://127.0.0.1:1"))))
        .isInstanceOf(RunnerException.class)
        .hasMessageMatching("cannot make the (queue Work|table Limits): nothing answers there");
  }

  @Test
  void storesOfOthersAreNotEmptied() {
    RunnerOptions fresh = RunnerOptions.fresh(options.template(), options.data());

    assertThatThrownBy(() -> fresh.with(aws("http://127.0.0.1:4566")))
        .isInstanceOf(RunnerException.class)
        .hasMessageStartingWith("--fresh, --clock, --speed and --demo need stores");
  }

  private static Elsewhere database(int port) {
    return new Elsewhere(
        Optional.empty(),
        Optional.of(
            DatabaseAddress.parse(
                "postgresql://postgres:postgres@127.0.0.1:" + port + "/elsewhere?ssl=false")));
  }

  private static Elsewhere aws(String endpoint) {
    return new Elsewhere(
        Optional.of(new OtherAws.Emulator(URI.create(endpoint))), Optional.empty());
  }

  private static void execute(String url, JsonNode login, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                url, login.path("username").asText(), login.path("password").asText());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
