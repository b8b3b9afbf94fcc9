package app.turnout.identity.oauth;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where browsers may be sent to with a code: the web app's page `/signed-in`, and what is
/// configured. Compared character by character (RFC 9700 §2.1).
@Singleton
final class RedirectUris {
  private final Set<String> allowed;

  RedirectUris(@Value("${turnout.public-url}") String publicUrl, OAuthSettings settings) {
    this.allowed =
        Stream.concat(
                Stream.of(publicUrl + "/signed-in"),
                Arrays.stream(settings.redirectUris().split(",", -1)).map(String::strip))
            .filter(uri -> !uri.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
  }

  boolean allows(String uri) {
    return allowed.contains(uri);
  }
}
