package app.turnout.events.tickettypes;

import app.turnout.platform.persistence.ConstraintProblem;
import app.turnout.platform.problem.ProblemException;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/// What the database refuses of ticket types.
@Factory
final class TicketTypeConstraints {
  @Singleton
  ConstraintProblem nameIsTaken() {
    return new ConstraintProblem(
        "ticket_types_name",
        () ->
            ProblemException.alreadyExists(
                "name", "the event has a ticket type of that name already"));
  }
}
