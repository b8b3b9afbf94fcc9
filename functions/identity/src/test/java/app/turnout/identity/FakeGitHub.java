package app.turnout.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// GitHub's login for OAuth apps, errors included, as documented at
/// https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps,
/// https://docs.github.com/en/apps/oauth-apps/maintaining-oauth-apps/troubleshooting-oauth-app-access-token-request-errors
/// and https://docs.github.com/en/rest/users/emails.
final class FakeGitHub implements AutoCloseable {
  static final String CLIENT = "{\"client_id\": \"Iv1.turnout\", \"client_secret\": \"hush\"}";

  /// A user of it.
  record User(long id, String login, @Nullable String name, List<Email> emails) {}

  record Email(String email, boolean primary, boolean verified) {
    Map<String, Object> json() {
      Map<String, Object> json = new HashMap<>();
      json.put("email", email);
      json.put("primary", primary);
      json.put("verified", verified);
      json.put("visibility", primary ? "private" : null);
      return json;
    }
  }

  private record Grant(User user, String redirectUri, String codeChallenge) {}

  private record Broken(int status, String body) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final Map<String, Grant> codes = new HashMap<>();
  private final Map<String, User> tokens = new HashMap<>();
  private final Map<String, Broken> broken = new HashMap<>();

  FakeGitHub() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/login/oauth/access_token", call -> handle(call, this::accessToken));
    server.createContext("/user", call -> handle(call, this::user));
    server.createContext("/user/emails", call -> handle(call, this::emails));
    server.start();
  }

  Map<String, Object> properties() {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    return Map.of(
        "turnout.secrets.github-oauth", CLIENT,
        "turnout.oauth.github.url", url,
        "turnout.oauth.github.api-url", url);
  }

  /// Somebody is sent to `authorize`, logs in and agrees. Where they are sent back to.
  synchronized URI agree(URI location, User user) {
    if (!location.getPath().equals("/login/oauth/authorize")) {
      throw new AssertionError("Not GitHub's page: " + location);
    }
    Map<String, String> asked = OAuthBrowser.parameters(location.getRawQuery());
    if (!Objects.equals(asked.get("client_id"), "Iv1.turnout")
        || !Objects.equals(asked.get("scope"), "read:user user:email")
        || !Objects.equals(asked.get("code_challenge_method"), "S256")) {
      throw new AssertionError("Not what GitHub is asked: " + asked);
    }
    String code = UUID.randomUUID().toString().replace("-", "").substring(12);
    String redirectUri = Objects.requireNonNull(asked.get("redirect_uri"));
    codes.put(
        code, new Grant(user, redirectUri, Objects.requireNonNull(asked.get("code_challenge"))));
    return URI.create(
        redirectUri
            + "?code="
            + code
            + "&state="
            + OAuthBrowser.encode(Objects.requireNonNull(asked.get("state"))));
  }

  /// The next call of this path is answered so.
  synchronized void breakNext(String path, int status, String body) {
    broken.put(path, new Broken(status, body));
  }

  private interface Handler {
    void handle(HttpExchange call) throws IOException;
  }

  private synchronized void handle(HttpExchange call, Handler handler) throws IOException {
    try (call) {
      @Nullable Broken answer = broken.remove(call.getRequestURI().getPath());
      if (answer == null) {
        handler.handle(call);
      } else {
        send(call, answer.status(), answer.body());
      }
    }
  }

  private void accessToken(HttpExchange call) throws IOException {
    Map<String, String> form =
        OAuthBrowser.parameters(
            new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    @Nullable Grant grant = codes.remove(form.getOrDefault("code", ""));
    // Errors are answered with 200.
    if (!"application/json".equals(call.getRequestHeaders().getFirst("Accept"))) {
      send(call, 200, "error=as_form");
    } else if (!"Iv1.turnout".equals(form.get("client_id"))
        || !"hush".equals(form.get("client_secret"))) {
      send(
          call,
          200,
          error(
              "incorrect_client_credentials",
              "The client_id and/or client_secret passed are incorrect."));
    } else if (grant == null
        || !OAuthBrowser.challenge(form.getOrDefault("code_verifier", ""))
            .equals(grant.codeChallenge())) {
      send(call, 200, error("bad_verification_code", "The code passed is incorrect or expired."));
    } else if (!grant.redirectUri().equals(form.get("redirect_uri"))) {
      send(
          call,
          200,
          error(
              "redirect_uri_mismatch",
              "The redirect_uri MUST match the registered callback URL for this application."));
    } else {
      String token = "gho_" + UUID.randomUUID();
      tokens.put(token, grant.user());
      send(
          call,
          200,
          json(
              Map.of(
                  "access_token", token, "scope", "read:user,user:email", "token_type", "bearer")));
    }
  }

  private void user(HttpExchange call) throws IOException {
    Optional<User> user = caller(call);
    if (user.isPresent()) {
      Map<String, Object> json = new HashMap<>();
      json.put("id", user.get().id());
      json.put("login", user.get().login());
      json.put("name", user.get().name());
      json.put("email", "written-in-the-profile@example.com");
      send(call, 200, json(json));
    }
  }

  private void emails(HttpExchange call) throws IOException {
    Optional<User> user = caller(call);
    if (user.isPresent()) {
      send(call, 200, json(user.get().emails().stream().map(Email::json).toList()));
    }
  }

  private Optional<User> caller(HttpExchange call) throws IOException {
    String authorization =
        Objects.requireNonNullElse(call.getRequestHeaders().getFirst("Authorization"), "");
    Optional<User> user = Optional.ofNullable(tokens.get(authorization.replace("Bearer ", "")));
    if (user.isEmpty() || call.getRequestHeaders().getFirst("User-Agent") == null) {
      send(
          call,
          401,
          json(
              Map.of(
                  "message",
                  "Bad credentials",
                  "documentation_url",
                  "https://docs.github.com/rest",
                  "status",
                  "401")));
    }
    return user;
  }

  private static String error(String error, String description) {
    return json(
        Map.of(
            "error",
            error,
            "error_description",
            description,
            "error_uri",
            "https://docs.github.com/" + error));
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static void send(HttpExchange call, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    call.getResponseHeaders().add("Content-Type", "application/json; charset=utf-8");
    call.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    call.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
