package app.turnout.console.docs;

import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.security.Open;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URI;

/// Pages and their files. They ask nobody else for anything: no other host's script, style or font
/// is let in.
@Controller
class DocsController {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
          + "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src blob:; "
          + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /// The API, to read and to try, in Swagger UI.
  @Get("/api/docs")
  @Open
  @ApiResponse(
      responseCode = "200",
      content = @Content(mediaType = "text/html", schema = @Schema(type = "string")))
  HttpResponse<byte[]> swaggerUi() {
    return page(DocsFile.SWAGGER_PAGE);
  }

  /// The API, to read, in ReDoc.
  @Get("/api/redoc")
  @Open
  @ApiResponse(
      responseCode = "200",
      content = @Content(mediaType = "text/html", schema = @Schema(type = "string")))
  HttpResponse<byte[]> redoc() {
    return page(DocsFile.REDOC_PAGE);
  }

  /// A file of these pages.
  @Get("/api/docs/{file}")
  @Open
  @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/javascript"))
  @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/css"))
  HttpResponse<byte[]> file(@PathVariable String file) {
    DocsFile found = DocsFile.find(file).orElseThrow(() -> ProblemException.notFound("file"));
    return HttpResponse.ok(found.read())
        .header(HttpHeaders.CONTENT_TYPE, found.mediaType())
        .header(HttpHeaders.CACHE_CONTROL, "public, max-age=86400")
        .header("X-Content-Type-Options", "nosniff");
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

  private static HttpResponse<byte[]> page(DocsFile page) {
    return HttpResponse.ok(page.read())
        .header(HttpHeaders.CONTENT_TYPE, page.mediaType())
        .header(HttpHeaders.CACHE_CONTROL, "public, max-age=300")
        .header("Content-Security-Policy", POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer");
  }
}
