package app.turnout.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.acceptance.BrokenRequests.BrokenBody;
import app.turnout.testing.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/// Every route is sent broken versions of its own description: it answers with a 4xx problem that
/// names the field, stores nothing, and never fails. Requests to one route are sent several at a
/// time.
@Isolated
class BadInputTest {
  @RegisterExtension static final RunningTurnout TURNOUT = new RunningTurnout();

  private static final List<String> TABLES =
      List.of("organizations", "members", "areas", "events", "participants", "consents", "pings");

  private static final Set<String> POSITION = Set.of("lat", "lon", "tst");

  private static Organiser organiser;
  private static Organiser stranger;
  private static String event;
  private static Organiser.Participant participant;
  private static BrokenRequests broken;
  private static Connection database;

  @BeforeAll
  static void prepare() throws SQLException {
    database = TURNOUT.runner().superuser().getConnection();
    organiser = Organiser.ready(TURNOUT.client(), "careless");
    stranger = Organiser.ready(TURNOUT.client(), "foreign");
    event = organiser.event(52.6, -8.5);
    participant = organiser.participant(event);
    broken = new BrokenRequests(TURNOUT.client().document());
  }

  @AfterAll
  static void forget() throws SQLException {
    database.close();
  }

  private record Operation(String method, String path, JsonNode description) {
    boolean takesJson() {
      return description.at("/requestBody/content/application~1json").isObject();
    }

    boolean isOwnTracks() {
      return path.endsWith("/owntracks");
    }

    boolean isForAdmins() {
      return path.startsWith("/api/v1/auth/admin/");
    }

    /// Whether a participant's link is what it wants.
    boolean wantsLink() {
      return path.endsWith("/consent") || isOwnTracks();
    }
  }

  @TestFactory
  Stream<DynamicTest> brokenBodiesAreRefused() {
    return operations().stream()
        .filter(Operation::takesJson)
        .map(
            operation ->
                DynamicTest.dynamicTest(
                    operation.method() + " " + operation.path(), () -> breakBodies(operation)));
  }

  private static void breakBodies(Operation operation) {
    Map<String, Long> before = rows();
    String path = filled(operation.path());
    List<BrokenBody> bodies =
        broken.bodies(operation.description()).stream()
            // The app sends lists, empty bodies and messages of other types too, and would repeat
            // for ever what is refused; only a position must be right.
            .filter(
                body -> !operation.isOwnTracks() || POSITION.contains(String.valueOf(body.field())))
            .toList();
    AtOnce.forEach(bodies, body -> breakBody(operation, path, body));
    assertThat(rows()).isEqualTo(before);
  }

  private static void breakBody(Operation operation, String path, BrokenBody body) {
    Answer answer = send(operation, path, authorization(operation), body.bytes());
    assertThat(answer.status()).as(body.what() + ": " + answer.body()).isBetween(400, 499);
    String field = body.field();
    if (answer.status() == 422 && field != null) {
      assertThat(answer.json().path("errors").findValuesAsText("field"))
          .as(body.what())
          .anyMatch(named -> named.contains(field));
    }
  }

  @TestFactory
  Stream<DynamicTest> brokenParametersAreRefused() {
    return operations().stream()
        .filter(operation -> operation.description().path("parameters").size() > 0)
        .map(
            operation ->
                DynamicTest.dynamicTest(
                    operation.method() + " " + operation.path(), () -> breakParameters(operation)));
  }

  private static void breakParameters(Operation operation) {
    for (JsonNode given : operation.description().path("parameters")) {
      JsonNode parameter = broken.resolve(given);
      String name = parameter.path("name").asText();
      String place = parameter.path("in").asText();
      if (place.equals("path") || place.equals("query")) {
        List<String> paths =
            broken.parameters(parameter.path("schema")).stream()
                .map(
                    value ->
                        place.equals("path")
                            ? filled(operation.path().replace("{" + name + "}", value))
                            : filled(operation.path()) + "?" + name + "=" + value)
                .toList();
        AtOnce.forEach(paths, path -> breakParameter(operation, path));
      }
    }
  }

  private static void breakParameter(Operation operation, String path) {
    Answer answer = send(operation, path, authorization(operation), null);
    assertThat(answer.status()).as(path + ": " + answer.body()).isBetween(400, 499);
  }

  @TestFactory
  Stream<DynamicTest> callersWithoutRightAreRefused() {
    return operations().stream()
        .filter(operation -> operation.description().path("security").size() > 0)
        .map(
            operation ->
                DynamicTest.dynamicTest(
                    operation.method() + " " + operation.path(), () -> callWrongly(operation)));
  }

  private static void callWrongly(Operation operation) {
    Map<String, Long> before = rows();
    String path = filled(operation.path());
    byte[] body = operation.takesJson() ? new byte[] {'{', '}'} : null;
    String[] parts = organiser.accessToken().split("\\.", -1);
    List<String> authorizations =
        List.of(
            "",
            "Bearer",
            "Bearer ",
            "Bearer x",
            "Bearer a.b",
            "Bearer a.b.c",
            "Bearer " + parts[0] + "." + parts[1] + ".",
            "Bearer "
                + parts[0]
                + "."
                + parts[1]
                + "."
                + stranger.accessToken().split("\\.", -1)[2],
            "Bearer eyJhbGciOiJub25lIn0." + parts[1] + ".",
            "Basic !",
            "Basic Og==",
            "Digest x");
    AtOnce.forEach(
        authorizations,
        authorization -> {
          Answer answer = send(operation, path, authorization, body);
          assertThat(answer.status()).as(authorization + ": " + answer.body()).isEqualTo(401);
        });
    if (operation.path().contains("{")) {
      Answer answer = send(operation, path, stranger.authorization(), validBody(operation));
      assertThat(answer.status()).as(answer.body()).isIn(401, 403, 404, 422);
    }
    if (operation.path().contains("{")) {
      String unknown =
          operation
              .path()
              .replace("{number}", "1")
              .replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
      Answer answer = send(operation, unknown, authorization(operation), validBody(operation));
      // Who may not administer the platform learns nothing of what is there.
      Integer[] refusals = operation.isForAdmins() ? new Integer[] {403} : new Integer[] {404, 422};
      assertThat(answer.status()).as(answer.body()).isIn((Object[]) refusals);
    }
    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void operationsAreMany() {
    assertThat(operations()).hasSizeGreaterThan(20);
  }

  private static byte @Nullable [] validBody(Operation operation) {
    return operation.takesJson()
        ? "{\"name\": \"x\", \"granted\": true}".getBytes(java.nio.charset.StandardCharsets.UTF_8)
        : null;
  }

  private static Answer send(
      Operation operation, String path, String authorization, byte @Nullable [] body) {
    return TURNOUT
        .client()
        .send(operation.method(), path, authorization, body, Map.of("If-Match", "*"));
  }

  private static String authorization(Operation operation) {
    return operation.wantsLink() ? participant.authorization() : organiser.authorization();
  }

  private static String filled(String path) {
    return path.replace("{event_id}", event)
        .replace("{participant_id}", participant.id())
        .replace("{organization_id}", organiser.organization())
        .replace("{number}", "1")
        .replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
  }

  private static List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    TURNOUT
        .client()
        .document()
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method ->
                            operations.add(
                                new Operation(
                                    method.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    method.getValue()))));
    return operations;
  }

  private static Map<String, Long> rows() {
    Map<String, Long> rows = new TreeMap<>();
    try (Statement statement = database.createStatement()) {
      for (String table : TABLES) {
        try (ResultSet result = statement.executeQuery("select count(*) from " + table)) {
          result.next();
          rows.put(table, result.getLong(1));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return rows;
  }
}
