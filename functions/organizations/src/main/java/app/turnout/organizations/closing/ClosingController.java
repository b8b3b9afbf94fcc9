package app.turnout.organizations.closing;

import app.turnout.domain.OrganizationId;
import app.turnout.platform.erasure.Erasures;
import app.turnout.platform.http.ExpectedVersion;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.RequiresPermission;
import app.turnout.platform.security.SignedIn;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import java.time.ZoneOffset;
import java.util.UUID;

@Controller("/api/v1")
class ClosingController {
  private final CurrentCaller caller;
  private final CloseOrganization closeOrganization;
  private final RestoreOrganization restoreOrganization;
  private final Erasures erasures;

  ClosingController(
      CurrentCaller caller,
      CloseOrganization closeOrganization,
      RestoreOrganization restoreOrganization,
      Erasures erasures) {
    this.caller = caller;
    this.closeOrganization = closeOrganization;
    this.restoreOrganization = restoreOrganization;
    this.erasures = erasures;
  }

  /// Deletes the organization that the access token acts in, after a grace period of thirty days.
  /// Until then it can be read, and its deletion be taken back; then everything that is the
  /// organization's is erased.
  @Delete("/organizations/{organization_id}")
  @Status(HttpStatus.ACCEPTED)
  @RequiresPermission(Permission.ORGANIZATION_OWN)
  ClosingResponse close(
      @PathVariable("organization_id") UUID organizationId, ExpectedVersion expected) {
    return switch (closeOrganization.close(own(organizationId), caller.user(), expected)) {
      case CloseOrganization.Outcome.Closing closing ->
          new ClosingResponse(
              closing.erasure(),
              closing.requestedAt().atOffset(ZoneOffset.UTC),
              closing.dueAt().atOffset(ZoneOffset.UTC));
      case CloseOrganization.Outcome.ClosingAlready closing ->
          throw new ProblemException(
              ProblemType.ORGANIZATION_CLOSING,
              "The organization is being deleted already, at " + closing.dueAt());
      case CloseOrganization.Outcome.NoSuchOrganization() ->
          throw ProblemException.notFound("organization");
    };
  }

  /// Takes the deletion of the organization back, before the grace period ends.
  @Post("/organizations/{organization_id}/restore")
  @Status(HttpStatus.NO_CONTENT)
  @RequiresPermission(Permission.ORGANIZATION_OWN)
  void restore(@PathVariable("organization_id") UUID organizationId) {
    switch (restoreOrganization.restore(own(organizationId))) {
      case RESTORED -> {}
      case NOT_CLOSING ->
          throw new ProblemException(ProblemType.CONFLICT, "The organization is not being deleted");
      case TOO_LATE ->
          throw new ProblemException(
              ProblemType.ORGANIZATION_CLOSING, "The grace period is over, and erasing begins");
      case NO_SUCH_ORGANIZATION -> throw ProblemException.notFound("organization");
    }
  }

  /// How far an erasure is that the caller asked for; once it is completed, its receipt. It stays
  /// when the organization is gone.
  @Get("/erasures/{erasure_id}")
  @SignedIn
  ErasureResponse erasure(@PathVariable("erasure_id") UUID erasureId) {
    return erasures
        .find(erasureId)
        .map(ErasureResponse::of)
        .orElseThrow(() -> ProblemException.notFound("erasure"));
  }

  /// Only the organization that was entered can be named.
  private OrganizationId own(UUID organizationId) {
    if (!caller.organization().value().equals(organizationId)) {
      throw ProblemException.notFound("organization");
    }
    return caller.organization();
  }
}
