package app.turnout.participants.erasure;

import app.turnout.platform.erasure.Erasure;
import app.turnout.platform.erasure.Erasures;
import app.turnout.platform.idempotency.StoresNothing;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.RequiresPermission;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import java.util.UUID;

@Controller("/api/v1/person-erasures")
class PersonErasureController {
  private final RequestErasure requestErasure;
  private final Erasures erasures;

  PersonErasureController(RequestErasure requestErasure, Erasures erasures) {
    this.requestErasure = requestErasure;
    this.erasures = erasures;
  }

  /// Erases a person across the organization, without a way back: their rows on all dates and
  /// rosters, their consents, links and positions, and what was written of them in the audit log,
  /// in messages and in answers kept for repeated requests. Accounts are their owners' own, and
  /// stay.
  @Post
  @Status(HttpStatus.ACCEPTED)
  @RequiresPermission(Permission.PARTICIPANTS_MANAGE)
  PersonErasureResponse erase(@Body PersonRequest request) {
    return PersonErasureResponse.of(find(requestErasure.request(request)));
  }

  /// Tells what an erasure would find of a person; nothing is erased.
  @Post("/preview")
  @StoresNothing
  @RequiresPermission(Permission.PARTICIPANTS_MANAGE)
  PersonRowsResponse preview(@Body PersonRequest request) {
    return requestErasure.preview(request);
  }

  /// How far the erasure of a person is; once it is completed, its receipt.
  @Get("/{erasure_id}")
  @RequiresPermission(Permission.PARTICIPANTS_MANAGE)
  PersonErasureResponse get(@PathVariable("erasure_id") UUID erasureId) {
    return PersonErasureResponse.of(find(erasureId));
  }

  private Erasure find(UUID id) {
    return erasures.findOfPerson(id).orElseThrow(() -> ProblemException.notFound("erasure"));
  }
}
