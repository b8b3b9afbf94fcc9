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
import java.util.List;

@Controller("/api/v1")
class OwnAccountController {
  private final Attempts attempts;
  private final CurrentCaller caller;
  private final ChangeEmail changeEmail;
  private final ConfirmEmail confirmEmail;
  private final DeactivateAccount deactivateAccount;

  OwnAccountController(
      Attempts attempts,
      CurrentCaller caller,
      ChangeEmail changeEmail,
      ConfirmEmail confirmEmail,
      DeactivateAccount deactivateAccount) {
    this.attempts = attempts;
    this.caller = caller;
    this.changeEmail = changeEmail;
    this.confirmEmail = confirmEmail;
    this.deactivateAccount = deactivateAccount;
  }

  /// Asks for another e-mail address. A mail to it carries the token that makes it the account's,
  /// good for a day; until then the present one stays, and is told. The answer is the same whether
  /// the new one has an account or not.
  @Post("/users/profile/email")
  @SignedIn(inTransaction = false)
  @Status(HttpStatus.ACCEPTED)
  ChangeEmailResponse changeEmail(HttpRequest<?> request, @Body ChangeEmailRequest body) {
    Caller.User user = caller.signedIn();
    attempts.password(request, user.user());
    attempts.emailChange(user.user());
    return switch (changeEmail.change(
        user, body.currentPassword(), new EmailAddress(body.email()))) {
      case ASKED -> {
        attempts.passwordSucceeded(user.user());
        yield new ChangeEmailResponse();
      }
      case SAME_ADDRESS ->
          throw ProblemException.invalidField("email", "unchanged", "is the address already");
      case WRONG_PASSWORD -> throw OwnPasswordProblems.wrong();
      case NO_PASSWORD -> throw OwnPasswordProblems.missing();
      case SESSION_ENDED -> throw OwnPasswordProblems.sessionEnded();
    };
  }

  /// Makes an address the account's by the token that was mailed to it.
  @Post("/auth/confirm-email")
  @Open
  @Status(HttpStatus.NO_CONTENT)
  void confirmEmail(HttpRequest<?> request, @Body ConfirmEmailRequest body) {
    attempts.verify(request);
    switch (confirmEmail.confirm(body.token().strip())) {
      case CONFIRMED -> {}
      case REFUSED ->
          throw new ProblemException(
              ProblemType.INVALID_TOKEN, "The token is not valid; ask for the change again");
      case TAKEN ->
          throw ProblemException.alreadyExists(
              "token", "there is another account with the address");
    }
  }

  /// Closes the caller's account and ends all their sessions. Within thirty days a password reset
  /// gives it back as it was; then it is removed. The last owner of an organization has to hand it
  /// over or delete it first.
  @Post("/users/profile/deactivate")
  @SignedIn(inTransaction = false)
  @Status(HttpStatus.NO_CONTENT)
  void deactivate(HttpRequest<?> request, @Body DeactivateRequest body) {
    Caller.User user = caller.signedIn();
    attempts.password(request, user.user());
    switch (deactivateAccount.deactivate(user, body.currentPassword())) {
      case DeactivateAccount.Outcome.Deactivated() -> attempts.passwordSucceeded(user.user());
      case DeactivateAccount.Outcome.WrongPassword() -> throw OwnPasswordProblems.wrong();
      case DeactivateAccount.Outcome.NoPassword() -> throw OwnPasswordProblems.missing();
      case DeactivateAccount.Outcome.SessionEnded() -> throw OwnPasswordProblems.sessionEnded();
      case DeactivateAccount.Outcome.LastOwner(List<String> organizations) -> {
        attempts.passwordSucceeded(user.user());
        throw new ProblemException(
            ProblemType.LAST_OWNER,
            "Hand over or delete first: " + String.join(", ", organizations));
      }
    }
  }
}
