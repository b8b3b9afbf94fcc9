package app.turnout.console;

import app.turnout.platform.security.Open;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

@Controller
class OpenApiController {
  private final String document;

  OpenApiController() {
    this.document = load();
  }

  /// This document.
  @Get("/api/openapi.json")
  @Open
  @ApiResponse(
      responseCode = "200",
      content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
  String document() {
    return document;
  }

  /// What the build made of the areas' documents.
  private static String load() {
    try (InputStream in = OpenApiController.class.getResourceAsStream("openapi.json")) {
      if (in == null) {
        throw new IllegalStateException("The build made no openapi.json");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
