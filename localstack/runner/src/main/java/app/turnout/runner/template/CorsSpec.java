package app.turnout.runner.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the HTTP API allows pages of other origins.
public record CorsSpec(
    List<String> allowOrigins,
    List<String> allowMethods,
    List<String> allowHeaders,
    List<String> exposeHeaders,
    int maxAgeSeconds,
    boolean allowCredentials) {

  static @Nullable CorsSpec read(PropertyReader api) {
    if (api.find("CorsConfiguration").isEmpty()) {
      return null;
    }
    PropertyReader cors = api.section("CorsConfiguration");
    return new CorsSpec(
        cors.texts("AllowOrigins"),
        cors.texts("AllowMethods"),
        cors.texts("AllowHeaders"),
        cors.texts("ExposeHeaders"),
        cors.integer("MaxAge", 0),
        cors.truth("AllowCredentials", false));
  }
}
