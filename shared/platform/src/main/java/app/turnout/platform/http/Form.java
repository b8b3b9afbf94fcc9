package app.turnout.platform.http;

import io.micronaut.core.convert.ConversionService;
import io.micronaut.http.HttpParameters;
import java.nio.charset.StandardCharsets;

/// Bodies of `application/x-www-form-urlencoded`.
public final class Form {
  private Form() {}

  /// What the form says; 400 naming the field whose escapes are broken.
  public static HttpParameters read(byte[] body) {
    return QueryParameters.decode(
        new String(body, StandardCharsets.UTF_8), ConversionService.SHARED);
  }
}
