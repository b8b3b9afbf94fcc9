package app.turnout.console.map;

import app.turnout.console.ServedFile;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.security.Open;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;

/// The same page for everybody: which event, and whose link, stand in the fragment, which is not
/// sent; members log in.
@Controller("/live")
class MapPageController {
  private final MapSettings settings;
  private final String policy;

  MapPageController(MapSettings settings) {
    this.settings = settings;
    this.policy = policy(settings);
  }

  /// The live map. Opening it shows nothing of anybody.
  @Get
  @Open
  @ApiResponse(
      responseCode = "200",
      content = @Content(mediaType = "text/html", schema = @Schema(type = "string")))
  HttpResponse<byte[]> page(HttpRequest<?> request) {
    return ServedFile.MAP_PAGE.answer(request, policy);
  }

  /// What the map is drawn on.
  @Get("/settings.json")
  @Open
  MapSettingsResponse settings() {
    return MapSettingsResponse.of(settings);
  }

  /// A file of this page.
  @Get("/{file}")
  @Open
  @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/javascript"))
  @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/css"))
  HttpResponse<byte[]> file(HttpRequest<?> request, @PathVariable String file) {
    return ServedFile.find("map", file)
        .map(found -> found.answer(request, policy))
        .orElseThrow(() -> ProblemException.notFound("file"));
  }

  /// As everywhere, and what MapLibre needs: a worker of our own, images that it makes, and the
  /// configured hosts. The worker asks for tiles itself, under the policy that it came with.
  private static String policy(MapSettings settings) {
    return ServedFile.POLICY
            .replace(
                "img-src 'self' data:", "img-src 'self' data: blob:" + list(settings.grounds()))
            .replace(
                "connect-src 'self'",
                "connect-src 'self'" + list(settings.sockets()) + list(settings.grounds()))
        + "; worker-src 'self'";
  }

  private static String list(List<String> origins) {
    return origins.isEmpty() ? "" : " " + String.join(" ", origins);
  }
}
