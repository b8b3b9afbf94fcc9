package app.turnout.runner.template;

/// A route of the HTTP API.
///
/// @param method upper case, or `ANY`
/// @param path with parameters as `{name}` or, greedy, `{name+}`; or `$default`
public record RouteSpec(String method, String path, String functionId) {
  /// As API Gateway writes it in events: `GET /things/{id}` or `$default`.
  public String key() {
    return path.equals("$default") ? path : method + " " + path;
  }
}
