package app.turnout.console.setup;

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

/// The same page for everybody: whose it is stands in the fragment, which is not sent.
@Controller
class SetUpPageController {
  /// The page on which a participant lets an app send where they are. Opening it lets none in.
  @Get("/me/set-up")
  @Open
  @ApiResponse(
      responseCode = "200",
      content = @Content(mediaType = "text/html", schema = @Schema(type = "string")))
  HttpResponse<byte[]> page(HttpRequest<?> request) {
    return ServedFile.SET_UP_PAGE.answer(request);
  }

  /// A file of this page.
  @Get("/set-up/{file}")
  @Open
  @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/javascript"))
  @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/css"))
  HttpResponse<byte[]> file(HttpRequest<?> request, @PathVariable String file) {
    return ServedFile.find("set-up", file)
        .map(found -> found.answer(request))
        .orElseThrow(() -> ProblemException.notFound("file"));
  }
}
