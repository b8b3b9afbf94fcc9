package app.turnout.identity.credentials;

import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;

/// What is answered to who gives their password again.
final class OwnPasswordProblems {
  private OwnPasswordProblems() {}

  static ProblemException wrong() {
    return ProblemException.invalidField(
        "current_password", "wrong", "is not the account's password");
  }

  static ProblemException missing() {
    return new ProblemException(
        ProblemType.CONFLICT,
        "The account has no password; set one by POST /api/v1/auth/forgot-password first");
  }

  static ProblemException sessionEnded() {
    return new ProblemException(ProblemType.UNAUTHENTICATED, "The session has ended; log in again");
  }
}
