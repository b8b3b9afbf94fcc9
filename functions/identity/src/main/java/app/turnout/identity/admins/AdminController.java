package app.turnout.identity.admins;

import app.turnout.domain.UserId;
import app.turnout.identity.accounts.EmailAddress;
import app.turnout.identity.attempts.Attempts;
import app.turnout.platform.http.Page;
import app.turnout.platform.http.PageRequest;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.Open;
import app.turnout.platform.security.SuperAdminOnly;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import java.util.Objects;
import java.util.UUID;

@Controller("/api/v1/auth/admin")
class AdminController {
  private final Attempts attempts;
  private final CurrentCaller caller;
  private final AppointFirstAdmin appointFirstAdmin;
  private final AcceptInvitation acceptInvitation;
  private final AdminRepository admins;
  private final DismissAdmin dismissAdmin;

  AdminController(
      Attempts attempts,
      CurrentCaller caller,
      AppointFirstAdmin appointFirstAdmin,
      AcceptInvitation acceptInvitation,
      AdminRepository admins,
      DismissAdmin dismissAdmin) {
    this.attempts = attempts;
    this.caller = caller;
    this.appointFirstAdmin = appointFirstAdmin;
    this.acceptInvitation = acceptInvitation;
    this.admins = admins;
    this.dismissAdmin = dismissAdmin;
  }

  /// Makes an administrator of the platform, by the token of an invitation: whoever has an account
  /// gives its password, others name and password for a new one, whose address the token proves.
  /// While there is no administrator at all, the setup secret of the deployment is such a token,
  /// for an account that was registered and verified as any other.
  @Post("/register")
  @Open
  @Status(HttpStatus.NO_CONTENT)
  void register(HttpRequest<?> request, @Body RegisterAdminRequest body) {
    String token = body.token().strip();
    attempts.registerAdmin(request, token);
    String name = body.name();
    Applicant applicant =
        new Applicant(
            new EmailAddress(body.email()),
            body.password(),
            name == null ? null : name.strip(),
            Objects.requireNonNullElse(body.locale(), "en"));
    Appointment appointment =
        appointFirstAdmin.isSecret(token)
            ? appointFirstAdmin.appoint(applicant)
            : acceptInvitation.accept(token, applicant);
    switch (appointment) {
      case Appointment.Appointed() -> {}
      case Appointment.TokenRefused() ->
          throw new ProblemException(
              ProblemType.INVALID_TOKEN, "The token is not valid, or not for this address");
      case Appointment.CredentialsRefused() ->
          throw new ProblemException(
              ProblemType.INVALID_CREDENTIALS,
              "Wrong e-mail address or password, or the address is not verified yet");
      case Appointment.NameMissing() ->
          throw ProblemException.invalidField("name", "required", "is required for a new account");
      case Appointment.Guessable(String fault) ->
          throw ProblemException.invalidField("password", "guessable", fault);
    }
  }

  /// The administrators of the platform.
  @Get("/admins")
  @SuperAdminOnly
  Page<AdminResponse> list(PageRequest page) {
    return page.of(
        admins.list(page.afterId(), page.limit() + 1),
        admin -> admin.id().value(),
        AdminResponse::of);
  }

  /// Takes an administrator's powers, from the next request on; the account stays. There is always
  /// one left.
  @Delete("/admins/{user_id}")
  @Status(HttpStatus.NO_CONTENT)
  @SuperAdminOnly
  void dismiss(@PathVariable("user_id") UUID userId) {
    switch (dismissAdmin.dismiss(caller.user(), new UserId(userId))) {
      case DISMISSED -> {}
      case NOT_ALLOWED ->
          throw new ProblemException(
              ProblemType.FORBIDDEN, "Only administrators of the platform may do this");
      case NOT_FOUND -> throw ProblemException.notFound("administrator");
      case LAST ->
          throw new ProblemException(
              ProblemType.LAST_SUPER_ADMIN, "The platform needs an administrator");
    }
  }
}
