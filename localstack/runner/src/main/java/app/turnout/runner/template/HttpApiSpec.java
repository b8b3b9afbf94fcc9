package app.turnout.runner.template;

import java.util.Optional;

/// What is said of the HTTP API beside its routes.
///
/// @param id the logical id
/// @param cors rules for calls from other origins, when it has any
/// @param throttling how many requests it takes
/// @param accessLog a line of the access log, with `$context.…` in it, when it keeps one
public record HttpApiSpec(
    String id, Optional<CorsSpec> cors, ThrottlingSpec throttling, Optional<String> accessLog) {
  /// An API of which nothing is said.
  public static final HttpApiSpec PLAIN =
      new HttpApiSpec("Api", Optional.empty(), ThrottlingSpec.NONE, Optional.empty());

  static HttpApiSpec read(PropertyReader api) {
    return new HttpApiSpec(
        api.id(),
        Optional.ofNullable(CorsSpec.read(api)),
        ThrottlingSpec.read(api),
        api.section("AccessLogSettings").text("Format"));
  }
}
