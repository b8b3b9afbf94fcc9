package app.turnout.events.planning;

import app.turnout.platform.problem.FieldError;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;

/// How much of the money goes back to who cancels, and until when. After the last step: none.
///
/// @param steps from the earliest to the latest, each giving less than the one before; empty when
///   nothing is ever given back
@Serdeable
record RefundPolicy(@Valid @Size(max = 10) List<Step> steps) {
  /// All until a day before, half until two hours before.
  static final RefundPolicy USUAL = new RefundPolicy(List.of(new Step(24, 100), new Step(2, 50)));

  RefundPolicy {
    steps = List.copyOf(steps);
  }

  /// Until so many hours before the start, so much goes back.
  @Serdeable
  record Step(@Min(0) @Max(8_760) int hoursBefore, @Min(1) @Max(100) int percent) {}

  List<FieldError> errors() {
    List<FieldError> errors = new ArrayList<>();
    for (int i = 1; i < steps.size(); i++) {
      String path = "refund_policy.steps[" + i + "]";
      if (steps.get(i).hoursBefore() >= steps.get(i - 1).hoursBefore()) {
        errors.add(
            new FieldError(path + ".hours_before", "descending", "must be less than before"));
      }
      if (steps.get(i).percent() >= steps.get(i - 1).percent()) {
        errors.add(new FieldError(path + ".percent", "descending", "must be less than before"));
      }
    }
    return errors;
  }
}
