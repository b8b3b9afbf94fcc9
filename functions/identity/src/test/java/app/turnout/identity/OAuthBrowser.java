package app.turnout.identity;

import app.turnout.testing.ApiClient;
import app.turnout.testing.ApiClient.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// A browser with an app in it that logs in by another service.
final class OAuthBrowser {
  static final String PAGE = "https://turnout.example/signed-in";

  private static int count;

  private final IdentityHarness identity;
  private final Map<String, String> cookies = new LinkedHashMap<>();

  /// What the app keeps to itself (RFC 7636).
  final String verifier = "verifier-of-at-least-forty-three-characters-" + ++count;

  OAuthBrowser(IdentityHarness identity) {
    this.identity = identity;
  }

  Answer start(String provider, String parameters) {
    return start(identity.api(), provider, parameters);
  }

  Answer start(ApiClient api, String provider, String parameters) {
    return keepCookies(
        api.get(
                "/api/v1/auth/oauth/"
                    + provider
                    + "/start?redirect_uri="
                    + encode(PAGE)
                    + "&code_challenge="
                    + challenge(verifier)
                    + parameters)
            .send());
  }

  Answer start(String provider) {
    return start(provider, "");
  }

  /// Goes where the provider sends it: back.
  Answer comeBack(URI back) {
    return comeBack(back.getPath() + "?" + back.getRawQuery());
  }

  Answer comeBack(String pathAndQuery) {
    ApiClient.Call call = identity.api().get(pathAndQuery);
    cookies.forEach((name, value) -> call.cookie(name + "=" + value));
    return keepCookies(call.send());
  }

  Answer redeem(String code) {
    return redeem(code, verifier);
  }

  Answer redeem(String code, String shown) {
    return identity.post(
        "oauth/token", "{\"code\": \"" + code + "\", \"code_verifier\": \"" + shown + "\"}");
  }

  Answer link(String accessToken, String code) {
    return identity
        .api()
        .post("/api/v1/users/identities")
        .bearer(accessToken)
        .json("{\"code\": \"" + code + "\", \"code_verifier\": \"" + verifier + "\"}")
        .send();
  }

  /// Follows a redirect to a server outside, which redirects in turn.
  static URI visit(URI location) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<Void> response =
          client.send(
              HttpRequest.newBuilder(location).build(), HttpResponse.BodyHandlers.discarding());
      return URI.create(response.headers().firstValue("Location").orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static URI location(Answer answer) {
    return URI.create(Objects.requireNonNull(answer.header("Location"), answer.body()));
  }

  /// `code` or `error` in the fragment of the app's own page.
  static Map<String, String> fragment(Answer answer) {
    URI location = location(answer);
    String page = location.toString().substring(0, location.toString().indexOf('#'));
    if (!page.equals(PAGE)) {
      throw new AssertionError("Sent to " + page);
    }
    return parameters(location.getRawFragment());
  }

  static String code(Answer answer) {
    return Objects.requireNonNull(fragment(answer).get("code"), answer.toString());
  }

  static String error(Answer answer) {
    return Objects.requireNonNull(fragment(answer).get("error"), answer.toString());
  }

  static Map<String, String> parameters(String query) {
    return Arrays.stream(query.split("&", -1))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Answer keepCookies(Answer answer) {
    for (String cookie : answer.cookies()) {
      String pair = cookie.substring(0, cookie.indexOf(';'));
      String name = pair.substring(0, pair.indexOf('='));
      if (cookie.contains("Max-Age=0")) {
        cookies.remove(name);
      } else {
        cookies.put(name, pair.substring(pair.indexOf('=') + 1));
      }
    }
    return answer;
  }

  boolean hasCookies() {
    return !cookies.isEmpty();
  }
}
