package app.turnout.maintenance.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.turnout.stores.EmbeddedPostgres;
import app.turnout.testing.SettableTime;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.micronaut.context.ApplicationContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StackStepTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// What CloudFormation was told, by `PUT` to the address it gave.
  private final List<JsonNode> told = new ArrayList<>();

  private final List<String> contentTypes = new ArrayList<>();

  /// What S3 answers next, 200 when nothing is here.
  private final Deque<Integer> answers = new ArrayDeque<>();

  private HttpServer s3;
  private EmbeddedPostgres postgres;
  private ApplicationContext context;
  private MigrateFunction function;

  @BeforeEach
  void start() throws Exception {
    s3 = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    s3.createContext(
        "/",
        exchange -> {
          told.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
          contentTypes.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestHeaders().containsKey("Content-Type"));
          exchange.sendResponseHeaders(answers.isEmpty() ? 200 : answers.pop(), -1);
          exchange.close();
        });
    s3.start();
    postgres = EmbeddedPostgres.fresh();
    postgres.createDatabase("turnout");
    Map<String, Object> properties = new HashMap<>();
    properties.put("turnout.function", "migrate");
    properties.put("turnout.public-url", "https://turnout.example");
    properties.put("turnout.testing.time", "settable");
    properties.put("aws.region", "eu-west-1");
    properties.put("datasources.default.url", postgres.jdbcUrl("turnout"));
    properties.put("datasources.default.maximum-pool-size", 2);
    properties.put("turnout.secrets.database", login("postgres", "postgres"));
    properties.put("turnout.secrets.app-database", login("turnout_app", "one"));
    properties.put("turnout.secrets.jobs-database", login("turnout_jobs", "two"));
    properties.put("turnout.secrets.access-token-seed", "a-seed-of-more-than-32-characters-");
    context = ApplicationContext.builder().deduceEnvironment(false).properties(properties).start();
    context.getBean(SettableTime.class).set(Instant.parse("2019-02-18T07:30:00Z"));
    function = new MigrateFunction(context);
  }

  @AfterEach
  void stop() {
    context.close();
    postgres.close();
    s3.stop(0);
  }

  @Test
  void stackThatIsMadeWaitsForTheSchema() {
    function.execute(request("Create"));

    assertThat(told).hasSize(1);
    JsonNode answer = told.getFirst();
    assertThat(answer.get("Status").asText()).isEqualTo("SUCCESS");
    assertThat(answer.get("PhysicalResourceId").asText()).isEqualTo("turnout-schema");
    assertThat(answer.get("StackId").asText()).isEqualTo("arn:aws:cloudformation:stack");
    assertThat(answer.get("RequestId").asText()).isEqualTo("request-1");
    assertThat(answer.get("LogicalResourceId").asText()).isEqualTo("Migration");
    assertThat(answer.get("Data").get("migrations").asInt()).isPositive();
    // The address is signed for a request without one.
    assertThat(contentTypes).containsExactly("PUT false");
  }

  @Test
  void stackThatGoesBackKeepsASchemaThatIsAhead() {
    function.execute(request("Create"));
    Jdbi.create(postgres.superuser("turnout"))
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into flyway_schema_history
                      (installed_rank, version, description, type, script, installed_by,
                       installed_on, execution_time, success)
                    values (9999, '9999', 'of a later release', 'SQL', 'V9999__later.sql', 'postgres',
                      '2019-02-18', 1, true)
                    """));

    function.execute(request("Update"));

    assertThat(told.getLast().get("Status").asText()).isEqualTo("SUCCESS");
    assertThat(told.getLast().get("Data").get("migrations").asInt()).isZero();
  }

  @Test
  void failureStopsTheStackAndSaysNothingOfRows() {
    Jdbi.create(postgres.superuser("turnout"))
        .useHandle(handle -> handle.execute("create table events (name text)"));

    assertThatThrownBy(() -> function.execute(request("Update")))
        .isInstanceOf(RuntimeException.class);

    assertThat(told).hasSize(1);
    assertThat(told.getFirst().get("Status").asText()).isEqualTo("FAILED");
    assertThat(told.getFirst().get("Reason").asText())
        .matches("\\w+Exception: the log of MigrateFunction says more");
  }

  @Test
  void deletedStackMigratesNothing() {
    Map<String, Object> request = request("Delete");
    request.put("PhysicalResourceId", "of-an-earlier-release");

    function.execute(request);

    assertThat(told.getFirst().get("Status").asText()).isEqualTo("SUCCESS");
    assertThat(told.getFirst().get("PhysicalResourceId").asText())
        .isEqualTo("of-an-earlier-release");
    List<String> tables =
        Jdbi.create(postgres.superuser("turnout"))
            .withHandle(
                handle ->
                    handle
                        .createQuery("select tablename from pg_tables where schemaname = 'public'")
                        .mapTo(String.class)
                        .list());
    assertThat(tables).isEmpty();
  }

  @Test
  void outcomeIsToldAgainWhenItWasNotTaken() {
    answers.add(503);

    function.execute(request("Create"));

    assertThat(told).hasSize(2).allMatch(answer -> answer.get("Status").asText().equals("SUCCESS"));
  }

  private Map<String, Object> request(String type) {
    Map<String, Object> request = new HashMap<>();
    request.put("RequestType", type);
    request.put("ResponseURL", "http://127.0.0.1:" + s3.getAddress().getPort() + "/answer?X-Amz=1");
    request.put("StackId", "arn:aws:cloudformation:stack");
    request.put("RequestId", "request-1");
    request.put("LogicalResourceId", "Migration");
    request.put("ResourceProperties", Map.of("Release", "4f1c"));
    return request;
  }

  private static String login(String user, String password) {
    return "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(user, password);
  }
}
