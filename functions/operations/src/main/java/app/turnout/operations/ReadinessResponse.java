package app.turnout.operations;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// All that requests need answers.
///
/// @param checks each part that was asked: `ok`
@Serdeable
record ReadinessResponse(String status, Map<String, String> checks) {
  static ReadinessResponse of(List<String> parts) {
    return new ReadinessResponse(
        "ready", parts.stream().collect(Collectors.toMap(Function.identity(), part -> "ok")));
  }
}
