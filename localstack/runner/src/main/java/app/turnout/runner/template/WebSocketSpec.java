package app.turnout.runner.template;

import java.util.List;
import java.util.Map;

/// The WebSocket API.
///
/// @param id the logical id
/// @param stage the stage's name, which is the path that clients connect to
/// @param selection the property of a message that names its route: `[action]` for
///   `$request.body.action`
/// @param throttling by the keys of routes
/// @param routes by key
public record WebSocketSpec(
    String id,
    String stage,
    List<String> selection,
    ThrottlingSpec throttling,
    Map<String, WebSocketRouteSpec> routes) {
  public WebSocketSpec {
    selection = List.copyOf(selection);
    routes = Map.copyOf(routes);
  }
}
