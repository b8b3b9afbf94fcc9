package app.turnout.participants.guestlist;

import app.turnout.platform.persistence.ConstraintProblem;
import app.turnout.platform.problem.ProblemException;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/// What the database refuses when events go.
@Factory
final class OccurrenceConstraints {
  /// Deleted between being found and being joined.
  @Singleton
  ConstraintProblem eventIsGone() {
    return new ConstraintProblem(
        "participants_occurrence_fk", () -> ProblemException.notFound("event"));
  }
}
