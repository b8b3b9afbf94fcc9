package app.turnout.events.series;

import app.turnout.events.rules.RecurrenceSet;
import app.turnout.platform.problem.FieldError;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Recurrences as organisers ask for them.
public final class Recurrences {
  private Recurrences() {}

  /// What is asked for; null, with what is wrong added to the errors, when that cannot be.
  public static @Nullable RecurrenceSet read(
      RecurrenceBody asked, LocalDateTime start, ZoneId zone, List<FieldError> errors) {
    return switch (RecurrenceSet.read(
        asked.rrule(),
        Objects.requireNonNullElse(asked.rdates(), List.of()),
        Objects.requireNonNullElse(asked.exdates(), List.of()),
        start,
        zone)) {
      case RecurrenceSet.Outcome.Read(RecurrenceSet set) -> set;
      case RecurrenceSet.Outcome.Refused(List<FieldError> refused) -> {
        errors.addAll(refused);
        yield null;
      }
    };
  }
}
