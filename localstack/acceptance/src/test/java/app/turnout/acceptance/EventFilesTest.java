package app.turnout.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.runner.Runner;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What `sam local invoke` is given, `localstack/events`: an event of each function, by its logical
/// id, as AWS would send it. The runner hands them over by Lambda's own serializers.
class EventFilesTest {
  @RegisterExtension static final RunningTurnout TURNOUT = new RunningTurnout();

  private static final Path FOLDER = Checkout.ROOT.resolve("localstack/events");
  private static final String FIRST = "0fbf7a6e-0000-4000-8000-000000000001";
  private static final String SECOND = "0fbf7a6e-0000-4000-8000-000000000002";

  /// What is reported as failed: a message that is none, and erasures that never began.
  private static final Map<String, List<String>> FAILED =
      Map.of(
          "LocationWriterFunction", List.of(SECOND),
          "EventsEventsFunction", List.of(FIRST),
          "OrganizationsEventsFunction", List.of(FIRST));

  /// Of those who answer people; nobody is signed in where the others ask who it is.
  private static final Map<String, Integer> STATUSES =
      Map.of(
          "IdentityFunction", 200,
          "CatalogueFunction", 200,
          "ConsoleFunction", 200,
          "OperationsFunction", 200,
          "LiveFunction-subscribe", 200,
          "LiveFunction-disconnect", 200);

  @Test
  void everyFunctionHasOneAndNoOtherDoes() {
    Set<String> functions =
        Template.map(Template.read(), "Resources").entrySet().stream()
            .filter(
                resource ->
                    "AWS::Serverless::Function"
                        .equals(((Map<?, ?>) resource.getValue()).get("Type")))
            .map(resource -> String.valueOf(resource.getKey()))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(files().map(EventFilesTest::function).collect(Collectors.toSet()))
        .isEqualTo(functions);
  }

  @ParameterizedTest
  @MethodSource("files")
  void eachIsWhatTheTemplateSendsAndIsHandled(String file) {
    String event = Checkout.read(FOLDER.resolve(file + ".json"));
    Map<?, ?> sources = sources(function(file));

    String answer = TURNOUT.runner().invoke(function(file), event);

    JsonNode given = Client.json(event);
    if (given.has("Records")) {
      isOfAQueueOf(given, sources);
      assertThat(Client.json(answer).path("batchItemFailures").findValuesAsText("itemIdentifier"))
          .isEqualTo(FAILED.getOrDefault(file, List.of()));
    } else if (given.has("routeKey")) {
      isOfARouteOf(given, sources);
      assertThat(Client.json(answer).path("statusCode").asInt())
          .isEqualTo(STATUSES.getOrDefault(file, 401));
    } else if (given.has("detail-type")) {
      assertThat(given.path("source").asText()).isEqualTo("aws.events");
      assertThat(Instant.parse(given.path("time").asText())).isNotNull();
      assertThat(types(sources)).contains("Schedule");
      assertThat(Client.json(answer).path("batchItemFailures")).isEmpty();
    } else if (given.has("requestContext")) {
      assertThat(webSocketRoutes()).contains(given.at("/requestContext/routeKey").asText());
      assertThat(Client.json(answer).path("statusCode").asInt())
          .isEqualTo(STATUSES.getOrDefault(file, 401));
    } else {
      assertThat(file).isEqualTo("MigrateFunction");
      assertThat(Client.json(answer)).isEqualTo(Client.json("{\"migrations\": 0}"));
    }
  }

  /// Hands all of them over, some at a time: whoever tests something finds the functions started.
  static void handOver(Runner runner) {
    AtOnce.forEach(
        files().toList(),
        file -> runner.invoke(function(file), Checkout.read(FOLDER.resolve(file + ".json"))));
  }

  static Stream<String> files() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString().replace(".json", ""))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String function(String file) {
    return file.replaceAll("-.*", "");
  }

  private static void isOfAQueueOf(JsonNode batch, Map<?, ?> sources) {
    Set<String> queues =
        sources.values().stream()
            .map(source -> (Map<?, ?>) source)
            .filter(source -> "SQS".equals(source.get("Type")))
            .map(source -> String.valueOf(Template.map(source, "Properties").get("Queue")))
            .map(arn -> arn.replaceAll("!GetAtt (.+)\\.Arn", "$1"))
            .collect(Collectors.toSet());
    assertThat(batch.path("Records")).isNotEmpty();
    for (JsonNode message : batch.path("Records")) {
      assertThat(queues)
          .contains(message.path("eventSourceARN").asText().replaceAll(".*:|\\.fifo$", ""));
      assertThat(message.path("body").asText()).isNotBlank();
      assertThat(message.at("/attributes/ApproximateReceiveCount").asText()).isEqualTo("1");
    }
  }

  private static void isOfARouteOf(JsonNode event, Map<?, ?> sources) {
    Set<String> routes =
        sources.values().stream()
            .map(source -> Template.map((Map<?, ?>) source, "Properties"))
            .map(route -> route.get("Method") + " " + route.get("Path"))
            .collect(Collectors.toSet());
    assertThat(routes).contains(event.path("routeKey").asText());
    assertThat(event.path("version").asText()).isEqualTo("2.0");
    assertThat(event.at("/requestContext/http/path")).isEqualTo(event.path("rawPath"));
  }

  private static Set<String> types(Map<?, ?> sources) {
    return sources.values().stream()
        .map(source -> String.valueOf(((Map<?, ?>) source).get("Type")))
        .collect(Collectors.toSet());
  }

  private static Set<String> webSocketRoutes() {
    return Template.map(Template.read(), "Resources").values().stream()
        .map(resource -> (Map<?, ?>) resource)
        .filter(resource -> "AWS::ApiGatewayV2::Route".equals(resource.get("Type")))
        .map(resource -> String.valueOf(Template.map(resource, "Properties").get("RouteKey")))
        .collect(Collectors.toSet());
  }

  private static Map<?, ?> sources(String function) {
    Map<?, ?> properties =
        Template.map(
            Template.map(Template.map(Template.read(), "Resources"), function), "Properties");
    return properties.get("Events") instanceof Map<?, ?> events ? events : Map.of();
  }
}
