package app.turnout.identity.oauth.providers;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Google's discovery document (OpenID Connect Discovery 1.0 §4) and keys, each kept for an hour of
/// real time. Keys that do not know an id are read anew, once a minute at most. Every method throws
/// [ProviderUnavailableException].
@Singleton
final class GoogleEndpoints {
  /// What the discovery document says.
  ///
  /// @param readAt as the JVM counts nanoseconds
  record Endpoints(URI authorization, URI token, URI keys, long readAt) {}

  private record Keys(JWKSet set, long readAt) {}

  private static final Duration FRESH = Duration.ofHours(1);
  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);
  private static final Map<String, String> JSON = Map.of("Accept", "application/json");

  private final ProviderHttp http;
  private final JsonMapper json;
  private final String issuer;
  private volatile @Nullable Endpoints endpoints;
  private volatile @Nullable Keys keys;

  GoogleEndpoints(ProviderHttp http, JsonMapper json, GoogleSettings settings) {
    this.http = http;
    this.json = json;
    this.issuer = settings.issuer();
  }

  Endpoints get() {
    Endpoints kept = endpoints;
    if (kept == null || isOlder(kept.readAt(), FRESH)) {
      kept = discover();
      endpoints = kept;
    }
    return kept;
  }

  /// The key of this id.
  Optional<JWK> findKey(String id) {
    Keys kept = keys;
    if (kept == null
        || isOlder(kept.readAt(), FRESH)
        || (kept.set().getKeyByKeyId(id) == null && isOlder(kept.readAt(), BETWEEN_LOOKS))) {
      kept = new Keys(readKeys(), System.nanoTime());
      keys = kept;
    }
    return Optional.ofNullable(kept.set().getKeyByKeyId(id));
  }

  /// A count that went back is another machine's, to which this one's snapshot was taken.
  private static boolean isOlder(long readAt, Duration age) {
    long elapsed = System.nanoTime() - readAt;
    return elapsed < 0 || elapsed >= age.toNanos();
  }

  private Endpoints discover() {
    ProviderHttp.Answer answer =
        http.get(URI.create(issuer + "/.well-known/openid-configuration"), JSON);
    if (!answer.isOk() || !answer.text("issuer").equals(issuer)) {
      throw new ProviderUnavailableException("The discovery document is not of " + issuer);
    }
    return new Endpoints(
        endpoint(answer.body(), "authorization_endpoint"),
        endpoint(answer.body(), "token_endpoint"),
        endpoint(answer.body(), "jwks_uri"),
        System.nanoTime());
  }

  /// Without encryption only where the issuer itself is, on one's own machine.
  private URI endpoint(JsonNode document, String name) {
    String text = ProviderHttp.text(document, name);
    boolean isSafe =
        text.startsWith("https://") || (issuer.startsWith("http://") && text.startsWith("http://"));
    if (!isSafe) {
      throw new ProviderUnavailableException("The discovery document has no " + name);
    }
    return URI.create(text);
  }

  private JWKSet readKeys() {
    ProviderHttp.Answer answer = http.get(get().keys(), JSON);
    try {
      return JWKSet.parse(
          new String(json.writeValueAsBytes(answer.body()), StandardCharsets.UTF_8));
    } catch (IOException | ParseException e) {
      throw new ProviderUnavailableException("The keys of " + issuer + " cannot be read", e);
    }
  }
}
