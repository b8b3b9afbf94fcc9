package app.turnout.events.areas;

import app.turnout.platform.persistence.ConstraintProblem;
import app.turnout.platform.problem.ProblemException;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/// What the database refuses of areas.
@Factory
final class AreaConstraints {
  @Singleton
  ConstraintProblem nameIsTaken() {
    return new ConstraintProblem(
        "areas_name",
        () -> ProblemException.alreadyExists("name", "there is an area of that name already"));
  }

  /// Deleted between being found and being used.
  @Singleton
  ConstraintProblem areaIsGone() {
    return new ConstraintProblem(
        "events_area_fk",
        () ->
            ProblemException.invalidField(
                "area_id", "exists", "names no area of the organization"));
  }
}
