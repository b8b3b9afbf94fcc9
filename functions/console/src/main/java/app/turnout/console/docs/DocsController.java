package app.turnout.console.docs;

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
import java.net.URI;

/// Pages and their files. They ask nobody else for anything.
@Controller
class DocsController {
  /// The API, to read and to try, in Swagger UI.
  @Get("/api/docs")
  @Open
  @ApiResponse(
      responseCode = "200",
      content = @Content(mediaType = "text/html", schema = @Schema(type = "string")))
  HttpResponse<byte[]> swaggerUi(HttpRequest<?> request) {
    return ServedFile.SWAGGER_PAGE.answer(request);
  }

  /// The API, to read, in ReDoc.
  @Get("/api/redoc")
  @Open
  @ApiResponse(
      responseCode = "200",
      content = @Content(mediaType = "text/html", schema = @Schema(type = "string")))
  HttpResponse<byte[]> redoc(HttpRequest<?> request) {
    return ServedFile.REDOC_PAGE.answer(request);
  }

  /// A file of these pages.
  @Get("/api/docs/{file}")
  @Open
  @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/javascript"))
  @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/css"))
  HttpResponse<byte[]> file(HttpRequest<?> request, @PathVariable String file) {
    return ServedFile.find("docs", file)
        .map(found -> found.answer(request))
        .orElseThrow(() -> ProblemException.notFound("file"));
  }

  /// Where Swagger UI was in Events-Face.
  @Get("/api/swagger/")
  @Open
  @ApiResponse(responseCode = "308", description = "It is at `/api/docs`.")
  HttpResponse<?> formerSwaggerUi() {
    return HttpResponse.permanentRedirect(URI.create("/api/docs"));
  }

  /// Where the document was in Events-Face.
  @Get("/api/schema/")
  @Open
  @ApiResponse(responseCode = "308", description = "It is at `/api/openapi.json`.")
  HttpResponse<?> formerDocument() {
    return HttpResponse.permanentRedirect(URI.create("/api/openapi.json"));
  }

  /// Where Swagger UI was in event-management and Event-Coming.
  @Get("/swagger/index.html")
  @Open
  @ApiResponse(responseCode = "308", description = "It is at `/api/docs`.")
  HttpResponse<?> formerSwag() {
    return HttpResponse.permanentRedirect(URI.create("/api/docs"));
  }
}
