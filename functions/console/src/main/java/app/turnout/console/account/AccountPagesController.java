package app.turnout.console.account;

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

/// One page with the words of whichever it is called as. Opening it changes nothing.
@Controller
class AccountPagesController {
  /// The page that a mail's button opens, or that a login by another service comes back to; what
  /// they say is in the fragment, which is not sent.
  @Get(
      uris = {
        "/verify-email",
        "/confirm-email",
        "/confirm-identity",
        "/reset-password",
        "/invitation",
        "/ownership-offer",
        "/signed-in",
        "/admin/register"
      })
  @Open
  @ApiResponse(
      responseCode = "200",
      content = @Content(mediaType = "text/html", schema = @Schema(type = "string")))
  HttpResponse<byte[]> page(HttpRequest<?> request) {
    return ServedFile.ACCOUNT_PAGE.answer(request);
  }

  /// A file of these pages.
  @Get("/account/{file}")
  @Open
  @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/javascript"))
  @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/css"))
  HttpResponse<byte[]> file(HttpRequest<?> request, @PathVariable String file) {
    return ServedFile.find("account", file)
        .map(found -> found.answer(request))
        .orElseThrow(() -> ProblemException.notFound("file"));
  }
}
