package app.turnout.locations.pings;

import app.turnout.platform.http.Form;
import app.turnout.platform.json.JsonReader;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.security.DeviceTokenFinder;
import io.micronaut.http.HttpParameters;
import io.micronaut.http.HttpRequest;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.servlet.http.ServletHttpRequest;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/// Where the parts of a request of Traccar's OsmAnd protocol stand: in JSON, in the query, or in a
/// form where there is no query.
@Singleton
final class OsmAndRequest implements DeviceTokenFinder {
  private final JsonReader json;

  OsmAndRequest(JsonReader json) {
    this.json = json;
  }

  /// Whether the newer form is meant; the older ones have no braces.
  static boolean isJson(byte[] body) {
    for (byte b : body) {
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b == '{' || b == '[';
      }
    }
    return false;
  }

  /// The query's parameters; the form's where there is no query.
  static HttpParameters parameters(HttpRequest<?> request, byte[] body) {
    return request.getParameters().names().isEmpty() && body.length > 0
        ? Form.read(body)
        : request.getParameters();
  }

  @Override
  public Optional<String> find(HttpRequest<?> request) {
    byte[] body = body(request);
    String inQuery = OsmAndParameters.device(request.getParameters());
    if (inQuery != null) {
      return Optional.of(inQuery);
    }
    try {
      return isJson(body)
          ? inJson(json.parse(body))
          : Optional.ofNullable(OsmAndParameters.device(parameters(request, body)));
    } catch (ProblemException e) {
      // What cannot be read names no device.
      return Optional.empty();
    }
  }

  private static Optional<String> inJson(JsonNode body) {
    JsonNode id = body.isObject() ? body.get("device_id") : null;
    return id == null || !id.isString() ? Optional.empty() : Optional.of(id.getStringValue());
  }

  private static byte[] body(HttpRequest<?> request) {
    try (InputStream body = ((ServletHttpRequest<?, ?>) request).getInputStream()) {
      return body.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
