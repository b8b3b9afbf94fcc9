package app.turnout.events.catalogue;

import app.turnout.platform.http.Page;
import app.turnout.platform.http.PageRequest;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.security.Open;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.QueryValue;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Controller("/api/v1/catalogue/areas")
class CatalogueAreaController {
  private final CatalogueRepository catalogue;
  private final InstantSource time;

  CatalogueAreaController(CatalogueRepository catalogue, InstantSource time) {
    this.catalogue = catalogue;
    this.time = time;
  }

  /// Areas where public events are held that are neither over nor cancelled, oldest first.
  @Get
  @Open
  HttpResponse<Page<CatalogueAreaResponse>> list(
      @QueryValue("organization_id") @Nullable UUID organizationId,
      @QueryValue @Nullable @Size(max = 200) String city,
      PageRequest page) {
    return CatalogueController.cached(
        page.of(
            catalogue.areas(
                organizationId,
                city == null || city.isBlank() ? null : city.strip(),
                page.afterId(),
                page.limit() + 1,
                minute()),
            area -> Objects.requireNonNull(area.place().area()),
            CatalogueAreaResponse::of));
  }

  /// One of them.
  @Get("/{area_id}")
  @Open
  HttpResponse<CatalogueAreaResponse> get(@PathVariable("area_id") UUID areaId) {
    return catalogue
        .findArea(areaId, minute())
        .map(CatalogueAreaResponse::of)
        .map(CatalogueController::cached)
        .orElseThrow(() -> ProblemException.notFound("area"));
  }

  private Instant minute() {
    return time.instant().truncatedTo(ChronoUnit.MINUTES);
  }
}
