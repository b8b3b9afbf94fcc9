package app.turnout.runner.template;

import app.turnout.runner.RunnerException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Puts the WebSocket API together from its parts: API, stage, routes, integrations and the
/// permissions to call their functions.
final class WebSocketReader {
  private static final Pattern SELECTION =
      Pattern.compile("\\$request\\.body\\.([\\w.-]+)|\\$\\{request\\.body\\.([\\w.-]+)}");
  private static final String FUNCTION = "arn:aws:lambda:[^:]*:[^:]*:function:";
  private static final Pattern INTEGRATION =
      Pattern.compile(
          "arn:aws:apigateway:[^:]+:lambda:path/2015-03-31/functions/"
              + FUNCTION
              + "([^/]+)/invocations");

  private final List<PropertyReader> apis;
  private final List<PropertyReader> stages;
  private final List<PropertyReader> routes;
  private final List<PropertyReader> routeResponses;
  private final List<PropertyReader> integrations;
  private final List<PropertyReader> permissions;

  WebSocketReader(Collection<TemplateResource> resources, Resolution resolution) {
    apis = ofType("AWS::ApiGatewayV2::Api", resources, resolution);
    stages = ofType("AWS::ApiGatewayV2::Stage", resources, resolution);
    routes = ofType("AWS::ApiGatewayV2::Route", resources, resolution);
    routeResponses = ofType("AWS::ApiGatewayV2::RouteResponse", resources, resolution);
    integrations = ofType("AWS::ApiGatewayV2::Integration", resources, resolution);
    permissions = ofType("AWS::Lambda::Permission", resources, resolution);
  }

  private static List<PropertyReader> ofType(
      String type, Collection<TemplateResource> resources, Resolution resolution) {
    return resources.stream()
        .filter(resource -> resource.type().equals(type))
        .map(resource -> new PropertyReader(resource, resolution))
        .toList();
  }

  /// The API, when there is one.
  ///
  /// @throws RunnerException when a part is missing that API Gateway needs, or is not played
  Optional<WebSocketSpec> read() {
    if (apis.isEmpty()) {
      return Optional.empty();
    }
    PropertyReader api = apis.getFirst();
    if (apis.size() > 1) {
      throw apis.getLast().failure("the runner plays one WebSocket API");
    }
    if (!api.requiredText("ProtocolType").equals("WEBSOCKET")) {
      throw api.failure("HTTP APIs are played as AWS::Serverless::HttpApi only");
    }
    Map<String, WebSocketRouteSpec> read = new LinkedHashMap<>();
    Set<String> functions = new HashSet<>();
    for (PropertyReader route : routes) {
      WebSocketRouteSpec spec = route(route, functions);
      if (read.put(spec.key(), spec) != null) {
        throw route.failure("there is another route " + spec.key());
      }
    }
    for (String function : functions) {
      requirePermission(api, function);
    }
    PropertyReader stage = stage(api);
    return Optional.of(
        new WebSocketSpec(
            api.id(),
            stage.requiredText("StageName"),
            selection(api),
            ThrottlingSpec.read(stage),
            read));
  }

  private PropertyReader stage(PropertyReader api) {
    if (stages.size() != 1) {
      throw api.failure("the runner plays a WebSocket API with one stage");
    }
    PropertyReader stage = stages.getFirst();
    if (!stage.truth("AutoDeploy", false) && stage.find("DeploymentId").isEmpty()) {
      throw stage.failure("neither AutoDeploy nor a DeploymentId: nothing would be deployed");
    }
    return stage;
  }

  private static List<String> selection(PropertyReader api) {
    String written = api.requiredText("RouteSelectionExpression");
    Matcher matcher = SELECTION.matcher(written);
    if (!matcher.matches()) {
      throw api.failure("the route selection expression " + written + " is not played");
    }
    String path = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    return List.of(path.split("\\.", -1));
  }

  private WebSocketRouteSpec route(PropertyReader route, Set<String> functions) {
    if (!route.text("AuthorizationType").orElse("NONE").equals("NONE")) {
      throw route.failure("authorizers are not played by the runner");
    }
    String target = route.requiredText("Target");
    PropertyReader integration =
        integrations.stream()
            .filter(candidate -> target.equals("integrations/" + candidate.id()))
            .findFirst()
            .orElseThrow(() -> route.failure("no integration is called " + target));
    String type = integration.requiredText("IntegrationType");
    Matcher uri = INTEGRATION.matcher(integration.requiredText("IntegrationUri"));
    if (!type.equals("AWS_PROXY") || !uri.matches()) {
      throw integration.failure("only AWS_PROXY to a function is played");
    }
    String qualified = uri.group(1);
    functions.add(qualified);
    return new WebSocketRouteSpec(
        route.requiredText("RouteKey"), qualified.split(":", 2)[0], answers(route));
  }

  /// API Gateway gives the answer to the client when the route has a response and selects it.
  private boolean answers(PropertyReader route) {
    boolean response =
        routeResponses.stream()
            .anyMatch(candidate -> candidate.requiredText("RouteId").equals(route.id()));
    boolean selected = route.text("RouteResponseSelectionExpression").orElse("").equals("$default");
    if (response != selected) {
      throw route.failure("a RouteResponse and RouteResponseSelectionExpression need each other");
    }
    return response;
  }

  /// Without it, API Gateway could not call the function, and every call would fail.
  ///
  /// @param qualified the function's id, with its alias behind a colon if it is called by one
  private void requirePermission(PropertyReader api, String qualified) {
    List<String> allowed = new ArrayList<>();
    for (PropertyReader permission : permissions) {
      if (permission.requiredText("Principal").equals("apigateway.amazonaws.com")) {
        allowed.add(permission.requiredText("FunctionName").replaceFirst("^" + FUNCTION, ""));
      }
    }
    if (!allowed.contains(qualified)) {
      throw api.failure("no AWS::Lambda::Permission lets API Gateway call " + qualified);
    }
  }
}
