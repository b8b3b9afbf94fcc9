package app.turnout.organizations.auditlog;

import app.turnout.platform.http.Page;
import app.turnout.platform.http.PageRequest;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.RequiresPermission;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.QueryValue;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

@Controller("/api/v1/organizations/{organization_id}/audit-log")
class AuditLogController {
  private final CurrentCaller caller;
  private final AuditLogRepository entries;

  AuditLogController(CurrentCaller caller, AuditLogRepository entries) {
    this.caller = caller;
    this.entries = entries;
  }

  /// What was done in the organization that the access token acts in, newest first.
  ///
  /// @param from the earliest time that is asked for
  /// @param to the first time that is not asked for any more
  @Get
  @RequiresPermission(Permission.ORGANIZATION_MANAGE)
  Page<AuditEntryResponse> list(
      @PathVariable("organization_id") UUID organizationId,
      @QueryValue("actor_id") @Nullable UUID actorId,
      @QueryValue("subject_id") @Nullable UUID subjectId,
      @QueryValue("subject_kind") @Nullable @Size(max = 100) String subjectKind,
      @QueryValue @Nullable @Size(max = 100) String action,
      @QueryValue @Nullable OffsetDateTime from,
      @QueryValue @Nullable OffsetDateTime to,
      PageRequest page) {
    if (!caller.organization().value().equals(organizationId)) {
      throw ProblemException.notFound("organization");
    }
    AuditFilter filter = new AuditFilter(actorId, subjectId, subjectKind, action, from, to);
    return page.of(
        entries.list(filter, page.afterId(), page.limit() + 1),
        AuditEntryResponse::id,
        Function.identity());
  }
}
