package app.turnout.identity.accounts;

import app.turnout.identity.attempts.Attempts;
import app.turnout.identity.passwords.PasswordRules;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.security.Open;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import java.util.Objects;

@Controller("/api/v1/auth")
class AccountController {
  private final Attempts attempts;
  private final PasswordRules passwordRules;
  private final RegisterAccount registerAccount;
  private final VerifyEmail verifyEmail;

  AccountController(
      Attempts attempts,
      PasswordRules passwordRules,
      RegisterAccount registerAccount,
      VerifyEmail verifyEmail) {
    this.attempts = attempts;
    this.passwordRules = passwordRules;
    this.registerAccount = registerAccount;
    this.verifyEmail = verifyEmail;
  }

  /// Registers an account. The answer is the same whether the address is taken or not; a mail to
  /// the address says how to go on.
  @Post("/register")
  @Open
  @Status(HttpStatus.ACCEPTED)
  RegisteredResponse register(HttpRequest<?> request, @Body RegisterRequest body) {
    passwordRules
        .fault(body.password(), body.email())
        .ifPresent(
            fault -> {
              throw ProblemException.invalidField("password", "guessable", fault);
            });
    EmailAddress email = new EmailAddress(body.email());
    attempts.register(request, email);
    registerAccount.register(
        email,
        body.password(),
        body.name().strip(),
        Objects.requireNonNullElse(body.locale(), "en"));
    return new RegisteredResponse();
  }

  /// Completes the registration that a mailed token belongs to. A token is good for a day and
  /// verifies once; using it again within that day changes nothing.
  @Post("/verify-email")
  @Open
  @Status(HttpStatus.NO_CONTENT)
  void verifyEmail(HttpRequest<?> request, @Body VerifyEmailRequest body) {
    attempts.verify(request);
    switch (verifyEmail.verify(body.token().strip())) {
      case VERIFIED -> {}
      case REFUSED ->
          throw new ProblemException(
              ProblemType.INVALID_TOKEN, "The token is not valid; register again for another one");
    }
  }
}
