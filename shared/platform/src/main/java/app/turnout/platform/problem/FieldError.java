package app.turnout.platform.problem;

import io.micronaut.serde.annotation.Serdeable;

/// One field that broke a rule.
///
/// @param field path in the request: `phone`, `locations[3].latitude`, `limit`
/// @param rule slug of the rule: `required`, `type`, `max_length`…
/// @param message the rule, for people
@Serdeable
public record FieldError(String field, String rule, String message) {}
