package app.turnout.identity.credentials;

import app.turnout.identity.accounts.EmailAddress;
import app.turnout.identity.attempts.Attempts;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.security.Caller;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.Open;
import app.turnout.platform.security.SignedIn;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;

@Controller("/api/v1/auth")
class PasswordController {
  private final Attempts attempts;
  private final CurrentCaller caller;
  private final ForgotPassword forgotPassword;
  private final ResetPassword resetPassword;
  private final ChangePassword changePassword;

  PasswordController(
      Attempts attempts,
      CurrentCaller caller,
      ForgotPassword forgotPassword,
      ResetPassword resetPassword,
      ChangePassword changePassword) {
    this.attempts = attempts;
    this.caller = caller;
    this.forgotPassword = forgotPassword;
    this.resetPassword = resetPassword;
    this.changePassword = changePassword;
  }

  /// Mails a token that sets a new password, good for an hour, to the address if it has a verified
  /// account. The answer is the same whether it has one or not. Of several tokens only the newest
  /// is good.
  @Post("/forgot-password")
  @Open
  @Status(HttpStatus.ACCEPTED)
  ForgotPasswordResponse forgot(HttpRequest<?> request, @Body ForgotPasswordRequest body) {
    EmailAddress email = new EmailAddress(body.email());
    attempts.forgotPassword(request, email);
    forgotPassword.ask(email);
    return new ForgotPasswordResponse();
  }

  /// Sets a new password by a mailed token, which is good once, and ends every session of the
  /// account. An account that was deactivated in the last thirty days is active again.
  @Post("/reset-password")
  @Open
  @Status(HttpStatus.NO_CONTENT)
  void reset(HttpRequest<?> request, @Body ResetPasswordRequest body) {
    String token = body.token().strip();
    attempts.resetPassword(request, token);
    switch (resetPassword.reset(token, body.password())) {
      case ResetPassword.Outcome.Done() -> {}
      case ResetPassword.Outcome.Guessable(String fault) ->
          throw ProblemException.invalidField("password", "guessable", fault);
      case ResetPassword.Outcome.Refused() ->
          throw new ProblemException(
              ProblemType.INVALID_TOKEN,
              "The token is not valid; ask for another one by POST /api/v1/auth/forgot-password");
    }
  }

  /// Changes the caller's password. Their other sessions end, and a mail tells them.
  @Post("/change-password")
  @SignedIn(inTransaction = false)
  @Status(HttpStatus.NO_CONTENT)
  void change(HttpRequest<?> request, @Body ChangePasswordRequest body) {
    Caller.User user = caller.signedIn();
    attempts.password(request, user.user());
    switch (changePassword.change(user, body.currentPassword(), body.newPassword())) {
      case ChangePassword.Outcome.Changed() -> attempts.passwordSucceeded(user.user());
      case ChangePassword.Outcome.WrongPassword() -> throw OwnPasswordProblems.wrong();
      case ChangePassword.Outcome.NoPassword() -> throw OwnPasswordProblems.missing();
      case ChangePassword.Outcome.SessionEnded() -> throw OwnPasswordProblems.sessionEnded();
      case ChangePassword.Outcome.Guessable(String fault) -> {
        attempts.passwordSucceeded(user.user());
        throw ProblemException.invalidField("new_password", "guessable", fault);
      }
    }
  }
}
