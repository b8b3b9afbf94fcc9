package app.turnout.console.share;

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
@Controller("/share")
class SharePageController {
  /// The page on which a participant shares where they are. Opening it shares nothing.
  @Get
  @Open
  @ApiResponse(
      responseCode = "200",
      content = @Content(mediaType = "text/html", schema = @Schema(type = "string")))
  HttpResponse<byte[]> page(HttpRequest<?> request) {
    return ServedFile.SHARE_PAGE.answer(request);
  }

  /// A file of this page.
  @Get("/{file}")
  @Open
  @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/javascript"))
  @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/css"))
  HttpResponse<byte[]> file(HttpRequest<?> request, @PathVariable String file) {
    return ServedFile.find("share", file)
        .map(found -> found.answer(request))
        .orElseThrow(() -> ProblemException.notFound("file"));
  }
}
