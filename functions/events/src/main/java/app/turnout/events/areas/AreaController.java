package app.turnout.events.areas;

import app.turnout.domain.AreaId;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.http.Page;
import app.turnout.platform.http.PageRequest;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.RequiresPermission;
import app.turnout.platform.tokens.Ids;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

@Controller("/api/v1/areas")
class AreaController {
  private final CurrentCaller caller;
  private final AreaRepository areas;
  private final AuditLog auditLog;
  private final Ids ids;
  private final InstantSource time;

  AreaController(
      CurrentCaller caller, AreaRepository areas, AuditLog auditLog, Ids ids, InstantSource time) {
    this.caller = caller;
    this.areas = areas;
    this.auditLog = auditLog;
    this.ids = ids;
    this.time = time;
  }

  /// Makes an area. Its name is the only one of its kind in the organization.
  @Post
  @Status(HttpStatus.CREATED)
  @RequiresPermission(Permission.EVENTS_MANAGE)
  HttpResponse<AreaResponse> create(@Body CreateAreaRequest request) {
    Instant now = time.instant();
    Area area =
        new Area(
            new AreaId(ids.next()),
            request.name().strip(),
            request.address(),
            request.city(),
            request.position().toPoint(),
            request.capacity(),
            now,
            now);
    areas.insert(caller.organization(), area);
    AreaResponse response = AreaResponse.of(area);
    auditLog.record(
        new AuditEntry(
            caller.organization(), "area.created", "area", area.id().value(), null, response));
    return HttpResponse.created(response, URI.create("/api/v1/areas/" + area.id()));
  }

  /// The organization's areas, oldest first.
  @Get
  @RequiresPermission(Permission.ORGANIZATION_READ)
  Page<AreaResponse> list(PageRequest page) {
    return page.of(
        areas.list(page.afterId(), page.limit() + 1), area -> area.id().value(), AreaResponse::of);
  }

  /// One area.
  @Get("/{area_id}")
  @RequiresPermission(Permission.ORGANIZATION_READ)
  AreaResponse get(@PathVariable("area_id") UUID areaId) {
    return areas
        .find(new AreaId(areaId))
        .map(AreaResponse::of)
        .orElseThrow(() -> ProblemException.notFound("area"));
  }
}
