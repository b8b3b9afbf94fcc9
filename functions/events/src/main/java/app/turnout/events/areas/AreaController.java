package app.turnout.events.areas;

import app.turnout.domain.AreaId;
import app.turnout.platform.http.EntityTag;
import app.turnout.platform.http.ExpectedVersion;
import app.turnout.platform.http.Page;
import app.turnout.platform.http.PageRequest;
import app.turnout.platform.json.MergePatch;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.RequiresPermission;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Controller("/api/v1/areas")
class AreaController {
  private final CurrentCaller caller;
  private final KeepAreas keepAreas;
  private final AreaRepository areas;

  AreaController(CurrentCaller caller, KeepAreas keepAreas, AreaRepository areas) {
    this.caller = caller;
    this.keepAreas = keepAreas;
    this.areas = areas;
  }

  /// Makes an area. Its name is the only one of its kind in the organization. Where it has a layout
  /// and a capacity, the places of the one are not more than the other.
  @Post
  @Status(HttpStatus.CREATED)
  @RequiresPermission(Permission.EVENTS_MANAGE)
  HttpResponse<AreaResponse> create(@Body AreaRequest request) {
    Area area = keepAreas.create(caller.organization(), request);
    return HttpResponse.created(AreaResponse.of(area), URI.create("/api/v1/areas/" + area.id()))
        .header(HttpHeaders.ETAG, EntityTag.of(area.version()));
  }

  /// The organization's areas, oldest first, without their layouts.
  ///
  /// @param archived true for those that are archived; else those that are not
  @Get
  @RequiresPermission(Permission.ORGANIZATION_READ)
  Page<ListedAreaResponse> list(@QueryValue @Nullable Boolean archived, PageRequest page) {
    return page.of(
        areas.list(Boolean.TRUE.equals(archived), page.afterId(), page.limit() + 1),
        area -> area.id().value(),
        ListedAreaResponse::of);
  }

  /// One area.
  @Get("/{area_id}")
  @RequiresPermission(Permission.ORGANIZATION_READ)
  HttpResponse<AreaResponse> get(@PathVariable("area_id") UUID areaId) {
    return areas
        .find(new AreaId(areaId))
        .map(AreaController::answer)
        .orElseThrow(() -> ProblemException.notFound("area"));
  }

  /// Replaces all that is said of an area.
  @Put("/{area_id}")
  @RequiresPermission(Permission.EVENTS_MANAGE)
  HttpResponse<AreaResponse> replace(
      @PathVariable("area_id") UUID areaId, ExpectedVersion expected, @Body AreaRequest request) {
    return answer(
        keepAreas.update(caller.organization(), new AreaId(areaId), expected, present -> request));
  }

  /// Changes some of what is said of an area.
  @Patch("/{area_id}")
  @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
  @RequiresPermission(Permission.EVENTS_MANAGE)
  HttpResponse<AreaResponse> change(
      @PathVariable("area_id") UUID areaId,
      ExpectedVersion expected,
      @Body MergePatch<AreaRequest> patch) {
    return answer(
        keepAreas.update(caller.organization(), new AreaId(areaId), expected, patch::appliedTo));
  }

  /// Puts an area away: it is not offered for new events from now on. Those that are planned there
  /// stay.
  @Post("/{area_id}/archive")
  @RequiresPermission(Permission.EVENTS_MANAGE)
  HttpResponse<AreaResponse> archive(@PathVariable("area_id") UUID areaId) {
    return answer(keepAreas.archive(caller.organization(), new AreaId(areaId)));
  }

  /// Brings an area back that was archived.
  @Post("/{area_id}/unarchive")
  @RequiresPermission(Permission.EVENTS_MANAGE)
  HttpResponse<AreaResponse> unarchive(@PathVariable("area_id") UUID areaId) {
    return answer(keepAreas.unarchive(caller.organization(), new AreaId(areaId)));
  }

  /// Deletes an area, unless an event is held there that is not over, or not archived yet. Past
  /// events keep its position.
  @Delete("/{area_id}")
  @Status(HttpStatus.NO_CONTENT)
  @RequiresPermission(Permission.EVENTS_MANAGE)
  void delete(@PathVariable("area_id") UUID areaId) {
    keepAreas.delete(caller.organization(), new AreaId(areaId));
  }

  private static HttpResponse<AreaResponse> answer(Area area) {
    return HttpResponse.ok(AreaResponse.of(area))
        .header(HttpHeaders.ETAG, EntityTag.of(area.version()));
  }
}
