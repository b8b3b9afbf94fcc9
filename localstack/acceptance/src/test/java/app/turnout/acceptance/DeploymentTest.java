package app.turnout.acceptance;

import static app.turnout.acceptance.Stack.list;
import static app.turnout.acceptance.Stack.map;
import static app.turnout.acceptance.Stack.references;
import static app.turnout.acceptance.Stack.text;
import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.acceptance.Stack.Resource;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is deployed, by `template.yaml` and the stages' files.
class DeploymentTest {
  private static final String MIGRATE = "MigrateFunction";

  /// Memory of instance classes, in GiB:
  /// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Summary.html
  private static final Map<String, Integer> MEMORY =
      Map.of(
          "db.t4g.micro",
          1,
          "db.t4g.small",
          2,
          "db.t4g.medium",
          4,
          "db.t4g.large",
          8,
          "db.m7g.large",
          8,
          "db.r7g.large",
          16);

  /// PostgreSQL on RDS allows `DBInstanceClassMemory / 9531392` connections, where an eighth or so
  /// of the memory is the system's.
  private static final double CONNECTIONS_A_GIB = 0.88 * (1L << 30) / 9_531_392;

  @Test
  void everyFunctionWaitsForTheMigration() {
    for (Resource function : Stack.functions()) {
      if (function.id().equals(MIGRATE)) {
        assertThat(references(Stack.resource("Migration").properties().get("ServiceToken")))
            .containsExactly("MigrateFunction.Alias");
      } else {
        assertThat(list(function.written().get("DependsOn")).toString())
            .as(function.id())
            .contains("Migration");
      }
    }
    assertThat(references(Stack.resource("Migration").properties().get("Release")))
        .as("a migration a release")
        .containsExactly("Release");
  }

  @Test
  void everyFunctionGoesOverByAndByAndBackOnItsOwnErrors() {
    for (Resource function : Stack.functions()) {
      Map<?, ?> properties = function.properties();
      assertThat(properties.get("AutoPublishAlias")).as(function.id()).isEqualTo("live");
      assertThat(references(properties.get("AutoPublishCodeSha256")))
          .as(function.id())
          .containsExactly("Release");
      if (!function.id().equals(MIGRATE)) {
        Set<String> alarms = references(map(properties.get("DeploymentPreference")).get("Alarms"));
        assertThat(alarms)
            .as(function.id())
            .anySatisfy(
                alarm -> assertThat(errorsOf(Stack.resource(alarm))).isEqualTo(function.id()));
      }
    }
    Map<?, ?> rollout = map(Stack.globals().get("DeploymentPreference"));
    assertThat(references(rollout.get("Alarms"))).containsExactly("ApiServerErrorsAlarm");
    assertThat(rollout.containsKey("Type")).isTrue();
  }

  @Test
  void whatAnswersPeopleStartsFromASnapshot() {
    for (Resource function : Stack.functions()) {
      boolean answersPeople =
          !function.events("HttpApi").isEmpty() || function.id().equals("LiveFunction");

      assertThat(map(function.properties().get("SnapStart")).get("ApplyOn"))
          .as(function.id())
          .isEqualTo(answersPeople ? "PublishedVersions" : null);
    }
  }

  @Test
  void everyFunctionAndQueueIsWatched() {
    Set<String> watched = new TreeSet<>();
    for (Resource alarm : Stack.resources("AWS::CloudWatch::Alarm")) {
      assertThat(references(alarm.properties().get("AlarmActions")))
          .as(alarm.id())
          .containsExactly("AlarmTopicArn");
      for (Object dimension : list(alarm.properties().get("Dimensions"))) {
        for (String of : references(map(dimension).get("Value"))) {
          watched.add(alarm.properties().get("MetricName") + " of " + of);
        }
      }
    }

    for (Resource function : Stack.functions()) {
      assertThat(watched).contains("Errors of " + function.id());
      if (!function.id().equals(MIGRATE)) {
        assertThat(watched).contains("Throttles of " + function.id());
      }
    }
    for (Resource queue : Stack.resources("AWS::SQS::Queue")) {
      assertThat(watched)
          .contains(
              queue.properties().containsKey("RedrivePolicy")
                  ? "ApproximateAgeOfOldestMessage of " + queue.id()
                  : "ApproximateNumberOfMessagesVisible of " + queue.id());
    }
    assertThat(watched).contains("DatabaseConnections of Database", "FreeStorageSpace of Database");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "production"})
  void reservedConcurrencyFitsTheDatabase(String stage) {
    Map<String, String> parameters = Stack.stage(stage);

    // A warm environment holds one connection: see the pool's size in platform's properties.
    int functions = 0;
    for (Resource function : Stack.functions()) {
      if (!function.id().equals(MIGRATE)) {
        functions += Stack.reserved(function, parameters);
      }
    }

    double allowed =
        Objects.requireNonNull(MEMORY.get(parameters.get("DatabaseInstanceClass")))
            * CONNECTIONS_A_GIB;
    Map<?, ?> pool =
        map(
            Stack.resource("DatabaseProxyTargets")
                .properties()
                .get("ConnectionPoolConfigurationInfo"));
    double proxy = allowed * Integer.parseInt(text(pool, "MaxConnectionsPercent")) / 100;
    assertThat((double) functions).isLessThanOrEqualTo(proxy);
    assertThat(Integer.parseInt(text(parameters, "DatabaseConnectionsThreshold")))
        .as("rings when there are more than functions can have, before there are no more")
        .isGreaterThan(functions)
        .isLessThan((int) allowed);
    assertThat(file(stage)).contains(functions + " connections");
  }

  @Test
  void arithmeticAtTheProxyIsThatOfTheDefaults() {
    int clients = 0;
    int others = 0;
    for (Resource function : Stack.functions()) {
      if (references(function.properties().get("ReservedConcurrentExecutions"))
          .contains("HttpConcurrency")) {
        clients++;
      } else if (!function.id().equals(MIGRATE)) {
        others += Stack.reserved(function, Stack.defaults());
      }
    }
    int calls = Integer.parseInt(text(Stack.parameter("HttpConcurrency"), "Default"));

    String template =
        Checkout.read(Checkout.ROOT.resolve("template.yaml")).replaceAll("\\s*#\\s*", " ");
    assertThat(template)
        .contains(
            "%d functions that clients call, with %d calls at once, and %d others need %d;"
                .formatted(clients, calls, others, clients * calls + others));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "production"})
  void stageSaysWhatTheTemplateTakes(String stage) {
    Stack.stageFile(stage)
        .forEach(
            (name, value) -> {
              Map<?, ?> parameter = Stack.parameter(name.toString());
              String given = value.toString();
              if (parameter.get("AllowedValues") instanceof List<?> allowed) {
                assertThat(allowed.stream().map(Object::toString)).as("%s", name).contains(given);
              }
              if (parameter.get("AllowedPattern") instanceof String pattern) {
                assertThat(given).as("%s", name).matches(pattern);
              }
              if (parameter.get("MinValue") instanceof Integer least) {
                assertThat(Integer.parseInt(given)).as("%s", name).isGreaterThanOrEqualTo(least);
              }
            });
    assertThat(stage).matches(text(Stack.parameter("Stage"), "AllowedPattern"));
  }

  /// Of a longer name CloudFormation cuts off the stack's, by which roles know what is theirs.
  @Test
  void functionNamesFitWithTheLongestStage() {
    Matcher longest =
        Pattern.compile(".*\\{0,(\\d+)}").matcher(text(Stack.parameter("Stage"), "AllowedPattern"));
    assertThat(longest.matches()).isTrue();
    int stack = "turnout-".length() + 1 + Integer.parseInt(longest.group(1));

    for (Resource function : Stack.functions()) {
      assertThat(stack + 1 + function.id().length() + 1 + 12)
          .as(function.id())
          .isLessThanOrEqualTo(64);
    }
  }

  @Test
  void dashboardShowsWhatThereIs() throws Exception {
    Object body = Stack.resource("Dashboard").properties().get("DashboardBody");
    assertThat(Stack.names()).containsAll(references(body));

    JsonNode dashboard = new ObjectMapper().readTree(String.valueOf(map(body).get("Fn::Sub")));

    Set<String> places = new TreeSet<>();
    for (JsonNode widget : dashboard.get("widgets")) {
      assertThat(places.add(widget.get("x") + " " + widget.get("y"))).isTrue();
      if (widget.get("type").asText().equals("metric")) {
        assertThat(widget.get("properties").get("metrics")).isNotEmpty();
      }
    }
    assertThat(dashboard.get("widgets").size()).isGreaterThan(10);
  }

  /// Of those that functions write themselves, CloudWatch knows no other names than these.
  @Test
  void alarmsAndDashboardNameMetricsThatFunctionsWrite() {
    Set<String> named = new TreeSet<>();
    for (Resource alarm : Stack.resources("AWS::CloudWatch::Alarm")) {
      if (isOurs(alarm.properties().get("Namespace"))) {
        Set<Object> functions = new HashSet<>();
        list(alarm.properties().get("Dimensions"))
            .forEach(dimension -> functions.add(map(dimension).get("Value")));
        assertThat(functions).as(alarm.id()).isSubsetOf(functionNames());
        named.add(text(alarm.properties(), "MetricName"));
      }
    }
    String dashboard =
        text(map(Stack.resource("Dashboard").properties().get("DashboardBody")), "Fn::Sub");
    for (String line : dashboard.split("\n", -1)) {
      if (line.contains("MetricName=") && line.contains("{Turnout/")) {
        named.addAll(matches("MetricName=\\\\\"(\\w+)", line));
      }
    }
    named.addAll(
        matches("\"(?:Turnout/[^\"]+|\\.)\", \"((?:Pings|Live|Outbox|Mails)\\w+)\"", dashboard));

    Set<String> written = new TreeSet<>();
    written.addAll(
        matches(
            "\"(\\w+)\", Unit\\.",
            Checkout.read(
                Checkout.ROOT.resolve(
                    "shared/platform/src/main/java/app/turnout/platform/metrics/Metric.java"))));
    for (Resource filter : Stack.resources("AWS::Logs::MetricFilter")) {
      for (Object transformation : list(filter.properties().get("MetricTransformations"))) {
        written.add(text(map(transformation), "MetricName"));
      }
    }
    assertThat(named).contains("OutboxLag", "PingsWithoutPartition", "ColdStarts", "MailsSent");
    assertThat(written).containsAll(named);
    assertThat(
            isOurs(
                map(map(Stack.globals().get("Environment")).get("Variables"))
                    .get("TURNOUT_METRICS_NAMESPACE")))
        .isTrue();
  }

  private static boolean isOurs(@Nullable Object namespace) {
    return "Turnout/${Stage}".equals(map(namespace).get("Fn::Sub"));
  }

  private static Set<Object> functionNames() {
    Set<Object> names = new HashSet<>();
    Stack.functions().forEach(function -> names.add(function.variables().get("TURNOUT_FUNCTION")));
    return names;
  }

  private static Set<String> matches(String pattern, String in) {
    Set<String> matches = new TreeSet<>();
    Pattern.compile(pattern).matcher(in).results().forEach(match -> matches.add(match.group(1)));
    return matches;
  }

  private static String errorsOf(Resource alarm) {
    return "Errors".equals(alarm.properties().get("MetricName"))
        ? references(alarm.properties().get("Dimensions")).iterator().next()
        : "";
  }

  private static String file(String stage) {
    Path file = Checkout.ROOT.resolve("shared/deployment/" + stage + ".yaml");
    return Checkout.read(file);
  }
}
