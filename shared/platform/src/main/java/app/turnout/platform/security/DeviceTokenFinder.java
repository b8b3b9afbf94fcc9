package app.turnout.platform.security;

import io.micronaut.http.HttpRequest;
import java.util.Optional;

/// Knows where apps that can set no header put their device's token.
public interface DeviceTokenFinder {
  /// What stands there in this request, of whatever form; empty when nothing does.
  Optional<String> find(HttpRequest<?> request);
}
