package app.turnout.platform.persistence;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// Maps broken constraints, by name, to problems.
final class ConstraintProblems {
  private final Map<String, ConstraintProblem> byConstraint;

  ConstraintProblems(List<ConstraintProblem> problems) {
    this.byConstraint =
        problems.stream()
            .collect(Collectors.toMap(ConstraintProblem::constraint, Function.identity()));
  }

  RuntimeException translate(RuntimeException thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof PSQLException failure) {
        ServerErrorMessage message = failure.getServerErrorMessage();
        ConstraintProblem problem =
            message == null || message.getConstraint() == null
                ? null
                : byConstraint.get(message.getConstraint());
        if (problem != null) {
          return problem.problem().get();
        }
      }
    }
    return thrown;
  }
}
