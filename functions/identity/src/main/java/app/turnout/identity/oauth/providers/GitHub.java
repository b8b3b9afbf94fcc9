package app.turnout.identity.oauth.providers;

import app.turnout.identity.accounts.EmailAddress;
import app.turnout.platform.secrets.Secrets;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// GitHub, by its own way of OAuth: https://docs.github.com/en/apps/oauth-apps. It signs nothing,
/// so who somebody is, its REST API is asked with the token that the code gave; the token is used
/// for that, and not kept. A code that is not good it answers with status 200 and `error`.
@Singleton
final class GitHub implements IdentityProvider {
  private static final Logger LOG = LoggerFactory.getLogger(GitHub.class);

  private final @Nullable Client client;
  private final ProviderHttp http;
  private final GitHubSettings settings;

  GitHub(Secrets secrets, JsonMapper json, ProviderHttp http, GitHubSettings settings) {
    this.client = Client.of(secrets, "github-oauth", json).orElse(null);
    this.http = http;
    this.settings = settings;
  }

  @Override
  public Provider provider() {
    return Provider.GITHUB;
  }

  @Override
  public boolean isConfigured() {
    return client != null;
  }

  private Client client() {
    if (client == null) {
      throw new IllegalStateException("turnout.secrets.github-oauth is not set");
    }
    return client;
  }

  @Override
  public URI authorization(Exchange exchange) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("client_id", client().id());
    parameters.put("redirect_uri", exchange.redirectUri().toString());
    parameters.put("scope", "read:user user:email");
    parameters.put("state", exchange.state());
    parameters.put("code_challenge", CodeChallenge.of(exchange.codeVerifier()));
    parameters.put("code_challenge_method", "S256");
    return URI.create(settings.url() + "/login/oauth/authorize?" + ProviderHttp.query(parameters));
  }

  @Override
  public Identification identify(String code, Exchange exchange) {
    try {
      ProviderHttp.Answer answer = redeem(code, exchange);
      String error = answer.text("error");
      String token = answer.text("access_token");
      if (error.equals("unverified_user_email")) {
        return new Identification.EmailNotVerified();
      }
      if (!answer.isOk() || !error.isEmpty() || token.isEmpty()) {
        if (error.equals("incorrect_client_credentials") || error.equals("redirect_uri_mismatch")) {
          LOG.error("GitHub does not take our client's configuration: {}", error);
        }
        return new Identification.Refused("the code was refused: " + error);
      }
      return read(token);
    } catch (ProviderUnavailableException e) {
      return new Identification.Unavailable(String.valueOf(e.getMessage()));
    }
  }

  private ProviderHttp.Answer redeem(String code, Exchange exchange) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("client_id", client().id());
    form.put("client_secret", client().secret());
    form.put("code", code);
    form.put("redirect_uri", exchange.redirectUri().toString());
    form.put("code_verifier", exchange.codeVerifier());
    return http.post(URI.create(settings.url() + "/login/oauth/access_token"), form);
  }

  private Identification read(String token) {
    Map<String, String> headers =
        Map.of(
            "Authorization", "Bearer " + token,
            "Accept", "application/vnd.github+json",
            "X-GitHub-Api-Version", "2022-11-28");
    ProviderHttp.Answer user = http.get(URI.create(settings.apiUrl() + "/user"), headers);
    JsonNode id = user.isOk() && user.body().isObject() ? user.body().get("id") : null;
    if (id == null || !id.isNumber()) {
      return new Identification.Refused("the user cannot be read: " + user.status());
    }
    // The address in the profile is what somebody wrote there; these are what GitHub has verified.
    ProviderHttp.Answer emails =
        http.get(URI.create(settings.apiUrl() + "/user/emails?per_page=100"), headers);
    Optional<EmailAddress> email = emails.isOk() ? primary(emails.body()) : Optional.empty();
    if (email.isEmpty()) {
      return new Identification.EmailNotVerified();
    }
    String name = user.text("name").isBlank() ? user.text("login") : user.text("name");
    return new Identification.Identified(
        new Profile(Provider.GITHUB, id.getBigIntegerValue().toString(), email.get(), name));
  }

  private static Optional<EmailAddress> primary(JsonNode emails) {
    for (JsonNode email : emails.values()) {
      if (isTrue(email, "primary") && isTrue(email, "verified")) {
        return EmailAddress.find(ProviderHttp.text(email, "email"));
      }
    }
    return Optional.empty();
  }

  private static boolean isTrue(JsonNode object, String field) {
    JsonNode value = object.isObject() ? object.get(field) : null;
    return value != null && value.isBoolean() && value.getBooleanValue();
  }
}
