package app.turnout.console.common;

import app.turnout.console.ServedFile;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.security.Open;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

@Controller("/common")
class CommonFilesController {
  /// A file that several pages load.
  @Get("/{file}")
  @Open
  @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/javascript"))
  @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/css"))
  HttpResponse<byte[]> file(HttpRequest<?> request, @PathVariable String file) {
    return ServedFile.find("common", file)
        .map(found -> found.answer(request))
        .orElseThrow(() -> ProblemException.notFound("file"));
  }
}
