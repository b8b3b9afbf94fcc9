package app.turnout.locations.history;

import app.turnout.platform.problem.ProblemException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// From when to when pings were recorded.
///
/// @param from the earliest; null for no such limit
/// @param to before it; null for no such limit
record Range(@Nullable Instant from, @Nullable Instant to) {
  /// As a caller asks for it; 400 naming `to` when it is before `from`.
  static Range of(@Nullable OffsetDateTime from, @Nullable OffsetDateTime to) {
    if (from != null && to != null && to.isBefore(from)) {
      throw ProblemException.invalidParameter("to", "order", "must not be before from");
    }
    return new Range(from == null ? null : from.toInstant(), to == null ? null : to.toInstant());
  }
}
