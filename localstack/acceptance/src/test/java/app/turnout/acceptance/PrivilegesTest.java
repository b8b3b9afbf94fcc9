package app.turnout.acceptance;

import static app.turnout.acceptance.Stack.list;
import static app.turnout.acceptance.Stack.map;
import static app.turnout.acceptance.Stack.references;
import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.acceptance.Stack.Resource;
import app.turnout.acceptance.Stack.Statement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Each function may do what it does, and nothing else, by `template.yaml`.
class PrivilegesTest {
  private static final String BOUNDARY = "FunctionBoundary";

  /// Statements whose resource is everything, because AWS knows no other for their actions.
  private static final Set<String> OF_EVERYTHING =
      Set.of(BOUNDARY + ".Traces", BOUNDARY + ".Network", BOUNDARY + ".NetworkByCode");

  /// AWS's own policies, which the boundary narrows.
  private static final Set<String> MANAGED =
      Set.of("AWSLambdaVPCAccessExecutionRole", "AWSXrayWriteOnlyAccess");

  private static final Pattern TABLE_CALL =
      Pattern.compile(
          "\\.(getItem|putItem|updateItem|deleteItem|batchGetItem|batchWriteItem|scan|query"
              + "|transactWriteItems|describeTable)(?:Paginator)?\\(\\s*\\w+\\s*->");

  @Test
  void nothingIsAllowedOfEverything() {
    List<Statement> statements = new ArrayList<>();
    Stack.functions().forEach(function -> statements.addAll(Stack.statements(function)));
    for (String type : new String[] {"AWS::IAM::Role", "AWS::IAM::ManagedPolicy"}) {
      Stack.resources(type).forEach(role -> statements.addAll(Stack.roleStatements(role)));
    }

    assertThat(statements).hasSizeGreaterThan(50);
    for (Statement statement : statements) {
      assertThat(statement.actions())
          .as(statement.role())
          .isNotEmpty()
          .noneMatch(action -> action.contains("*"));
      if (!OF_EVERYTHING.contains(statement.role())) {
        assertThat(statement.resources())
            .as(statement.role())
            .isNotEmpty()
            .allMatch(resource -> !references(resource).isEmpty() || isNarrow(resource));
      }
    }
  }

  @Test
  void everyRoleOfAFunctionHasTheBoundary() {
    assertThat(references(Stack.globals().get("PermissionsBoundary"))).containsExactly(BOUNDARY);
    for (Resource function : Stack.functions()) {
      Object role = function.properties().get("Role");
      if (role != null) {
        Resource own = Stack.resource(references(role).iterator().next());
        assertThat(references(own.properties().get("PermissionsBoundary")))
            .as(own.id())
            .containsExactly(BOUNDARY);
        assertThat(list(own.properties().get("ManagedPolicyArns")))
            .as(own.id())
            .allMatch(
                arn -> MANAGED.stream().anyMatch(name -> arn.toString().contains("/" + name)));
      }
    }

    Set<String> bounds = new TreeSet<>();
    for (Statement statement : Stack.roleStatements(Stack.resource(BOUNDARY))) {
      if (statement.effect().equals("Allow")) {
        bounds.addAll(statement.actions());
      }
    }
    for (Resource function : Stack.functions()) {
      for (Statement statement : Stack.statements(function)) {
        assertThat(bounds).as(statement.role()).containsAll(statement.actions());
      }
    }
  }

  @Test
  void functionMayReadTheSecretsThatItIsToldOf() {
    for (Resource function : Stack.functions()) {
      assertThat(granted(function, "secretsmanager:GetSecretValue"))
          .as(function.id())
          .isEqualTo(told(function, "TURNOUT_SECRETS_"));
      assertThat(granted(function, "secretsmanager:PutSecretValue"))
          .as(function.id())
          .isEqualTo(
              function.id().equals("MigrateFunction") ? Set.of("AccessTokenSeed") : Set.of());
    }
  }

  @Test
  void functionMayTakeFromItsQueuesAndSendToThoseThatItIsToldOf() {
    for (Resource function : Stack.functions()) {
      Set<String> sources = new TreeSet<>();
      for (Map<?, ?> event : function.events("SQS")) {
        sources.addAll(references(event.get("Queue")));
      }
      for (String action : new String[] {"sqs:ReceiveMessage", "sqs:DeleteMessage"}) {
        assertThat(granted(function, action)).as(function.id()).isEqualTo(sources);
      }

      // It looks at queues, and sends nothing.
      boolean looks = function.id().equals("OperationsFunction");
      Set<String> told = told(function, "TURNOUT_QUEUES_");
      assertThat(granted(function, "sqs:SendMessage"))
          .as(function.id())
          .isEqualTo(looks ? Set.of() : told);
      told.addAll(told(function, "TURNOUT_METRICS_"));
      assertThat(granted(function, "sqs:GetQueueAttributes"))
          .as(function.id())
          .isEqualTo(looks ? told : sources);
    }
  }

  @Test
  void functionMayUseTheTablesThatItIsToldOfAsItsCodeDoes() {
    Map<String, Set<String>> everywhere = new TreeMap<>();
    Map<String, Set<String>> byAll = new TreeMap<>();
    for (Resource function : Stack.functions()) {
      Set<String> told = told(function, "TURNOUT_TABLES_");
      Map<String, Set<String>> granted = new TreeMap<>();
      for (Statement statement : Stack.statements(function)) {
        for (String action : statement.actions()) {
          if (action.startsWith("dynamodb:")) {
            references(statement.resources())
                .forEach(
                    table ->
                        granted
                            .computeIfAbsent(table, _ -> new TreeSet<>())
                            .add(action.substring("dynamodb:".length())));
          }
        }
      }
      assertThat(granted.keySet()).as(function.id()).isEqualTo(told);
      function
          .variables()
          .forEach(
              (variable, value) -> {
                if (variable.toString().startsWith("TURNOUT_TABLES_")) {
                  String table = references(value).iterator().next();
                  Set<String> used = calls(property(variable.toString()), area(function));
                  assertThat(used)
                      .as("%s of %s", table, function.id())
                      .containsAll(granted.get(table));
                  everywhere.computeIfAbsent(table, _ -> new TreeSet<>()).addAll(used);
                  byAll.computeIfAbsent(table, _ -> new TreeSet<>()).addAll(granted.get(table));
                }
              });
    }

    assertThat(byAll).as("what code does, somebody may").isEqualTo(everywhere);
  }

  @Test
  void functionMaySpeakToSocketsWhenItIsToldWhere() {
    for (Resource function : Stack.functions()) {
      assertThat(granted(function, "execute-api:ManageConnections").isEmpty())
          .as(function.id())
          .isEqualTo(told(function, "TURNOUT_LIVE_ENDPOINT").isEmpty());
    }
  }

  /// Deny statements of resource policies have any principal; nothing else has.
  @Test
  void queuesThatAreBelievedTakeFromTheirOwnAlone() {
    for (Resource policy : Stack.resources("AWS::SQS::QueuePolicy")) {
      for (Object statement :
          list(map(policy.properties().get("PolicyDocument")).get("Statement"))) {
        assertThat(map(statement).get("Effect")).as(policy.id()).isEqualTo("Deny");
      }
    }
  }

  private static boolean isNarrow(Object resource) {
    return map(resource).get("Fn::Sub") instanceof String arn
        && arn.startsWith("arn:${AWS::Partition}:")
        && arn.contains("${AWS::Region}:${AWS::AccountId}:");
  }

  /// What a function may do an action to.
  private static Set<String> granted(Resource function, String action) {
    Set<String> granted = new TreeSet<>();
    for (Statement statement : Stack.statements(function)) {
      if (statement.actions().contains(action)) {
        granted.addAll(references(statement.resources()));
      }
    }
    return granted;
  }

  /// What the variables that begin so name.
  private static Set<String> told(Resource function, String prefix) {
    Set<String> told = new TreeSet<>();
    function
        .variables()
        .forEach(
            (name, value) -> {
              if (name.toString().startsWith(prefix)) {
                told.addAll(references(value));
              }
            });
    return told;
  }

  private static String property(String variable) {
    return variable
        .toLowerCase(Locale.ROOT)
        .replaceFirst("turnout_tables_", "turnout.tables.")
        .replace('_', '-');
  }

  private static Path area(Resource function) {
    return Checkout.ROOT.resolve(
        "functions/" + Stack.text(function.properties(), "CodeUri").split("/", -1)[1]);
  }

  /// The calls of DynamoDB in the sources of an area and of platform that know a property.
  private static Set<String> calls(String property, Path area) {
    Set<String> calls = new TreeSet<>();
    List<Path> sources = new ArrayList<>(Checkout.mainSources(area));
    sources.addAll(Checkout.mainSources(Checkout.ROOT.resolve("shared/platform")));
    for (Path source : sources) {
      String text = Checkout.read(source);
      if (text.contains(property)) {
        TABLE_CALL
            .matcher(text)
            .results()
            .map(call -> call.group(1))
            .forEach(
                call ->
                    calls.add(call.substring(0, 1).toUpperCase(Locale.ROOT) + call.substring(1)));
      }
    }
    return calls;
  }
}
