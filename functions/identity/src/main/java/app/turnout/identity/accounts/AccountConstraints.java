package app.turnout.identity.accounts;

import app.turnout.platform.persistence.ConstraintProblem;
import app.turnout.platform.problem.ProblemException;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/// What the database refuses of accounts.
@Factory
final class AccountConstraints {
  /// Only where an address is changed, in the moment that another registers it.
  @Singleton
  ConstraintProblem emailIsTaken() {
    return new ConstraintProblem(
        "users_email",
        () -> ProblemException.alreadyExists("email", "there is an account with it already"));
  }
}
