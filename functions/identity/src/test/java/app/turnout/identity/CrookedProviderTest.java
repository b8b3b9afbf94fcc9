package app.turnout.identity;

import static app.turnout.identity.OAuthBrowser.code;
import static app.turnout.identity.OAuthBrowser.error;
import static app.turnout.identity.OAuthBrowser.location;
import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.platform.http.HttpFunction;
import app.turnout.testing.ApiClient.Answer;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Answers of an OpenID Connect provider that are not to be believed, and those that do not come.
class CrookedProviderTest {
  private static final String CLIENT = "turnout.apps.example";
  private static final RSAKey KEY = rsa("known");
  private static final ECKey EC_KEY = ec("elliptic");
  private static final HttpServer SERVER = server();
  private static final String ISSUER = "http://127.0.0.1:" + SERVER.getAddress().getPort();

  /// What the token endpoint does next.
  private static volatile Consumer<HttpExchange> tokenEndpoint = call -> {};

  /// What discovery does next.
  private static volatile Consumer<HttpExchange> discovery = CrookedProviderTest::discover;

  @RegisterExtension
  static final IdentityHarness IDENTITY =
      new IdentityHarness(
          Map.of(
              "turnout.oauth.google.issuer",
              ISSUER,
              "turnout.secrets.google-oauth",
              "{\"client_id\": \"" + CLIENT + "\", \"client_secret\": \"hush\"}"));

  private static int count;

  private final String email = "user" + ++count + "@example.com";

  private static HttpServer server() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/.well-known/openid-configuration", call -> discovery.accept(call));
      server.createContext(
          "/keys",
          call -> answer(call, 200, new JWKSet(List.of(KEY, EC_KEY)).toPublicJWKSet().toString()));
      server.createContext("/token", call -> tokenEndpoint.accept(call));
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void discover(HttpExchange call) {
    answer(
        call,
        200,
        """
        {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize",
         "token_endpoint": "%1$s/token", "jwks_uri": "%1$s/keys"}
        """
            .formatted(ISSUER));
  }

  @AfterAll
  static void stop() {
    SERVER.stop(0);
  }

  @Test
  void tokenThatIsRightIsBelieved() {
    assertThat(code(returned(claims -> signed(claims.build(), KEY)))).isNotEmpty();
    assertThat(
            code(
                returned(
                    claims ->
                        signed(claims.build(), JWSAlgorithm.ES256, "elliptic", signer(EC_KEY)))))
        .isNotEmpty();
    assertThat(
            code(returned(claims -> signed(claims.claim("email_verified", "true").build(), KEY))))
        .isNotEmpty();
  }

  @Test
  void tokenThatIsNotSignedByTheProviderIsRefused() throws Exception {
    RSAKey foreign = rsa("known");
    RSAKey unknown = rsa("unknown");

    refused(claims -> signed(claims.build(), foreign));
    refused(claims -> signed(claims.build(), unknown));
    refused(claims -> signed(claims.build(), JWSAlgorithm.RS512, "known", signer(KEY)));
    refused(claims -> signed(claims.build(), JWSAlgorithm.RS256, "elliptic", signer(KEY)));
    refused(claims -> signed(claims.build(), JWSAlgorithm.RS256, null, signer(KEY)));
    // The public key taken for a shared secret.
    refused(
        claims ->
            signed(claims.build(), JWSAlgorithm.HS256, "known", mac(KEY.toPublicJWK().toString())));
    refused(claims -> new PlainJWT(claims.build()).serialize());
    refused(claims -> withoutSignature(signed(claims.build(), KEY)));
    refused(claims -> "not.a.token");
    refused(claims -> "");
  }

  @Test
  void claimsThatAreNotForUsAreRefused() {
    refused(claims -> signed(claims.audience("other").build(), KEY));
    refused(claims -> signed(claims.audience((String) null).build(), KEY));
    refused(claims -> signed(claims.audience(List.of(CLIENT, "other")).build(), KEY));
    refused(
        claims ->
            signed(claims.audience(List.of(CLIENT, "other")).claim("azp", "other").build(), KEY));
    refused(claims -> signed(claims.claim("azp", "other").build(), KEY));
    refused(claims -> signed(claims.issuer("https://evil.example").build(), KEY));
    refused(claims -> signed(claims.issuer("accounts.google.com").build(), KEY));
    refused(claims -> signed(claims.issuer(null).build(), KEY));
    refused(claims -> signed(claims.subject(null).build(), KEY));
    refused(claims -> signed(claims.subject(" ").build(), KEY));
    refused(claims -> signed(claims.claim("nonce", null).build(), KEY));
    refused(claims -> signed(claims.claim("nonce", "replayed").build(), KEY));
    refused(claims -> signed(claims.claim("email", 7).build(), KEY));
  }

  @Test
  void timeOfTheTokenIsLookedAt() {
    refused(claims -> signed(claims.expirationTime(null).build(), KEY));
    refused(claims -> signed(claims.expirationTime(at(-61)).build(), KEY));
    refused(claims -> signed(claims.notBeforeTime(at(120)).build(), KEY));
    // Clocks differ.
    assertThat(code(returned(claims -> signed(claims.expirationTime(at(-30)).build(), KEY))))
        .isNotEmpty();
  }

  @Test
  void addressThatIsNotVerifiedIsNotTaken() {
    for (Object verified : new Object[] {false, "false", "TRUE", 1}) {
      assertThat(
              error(
                  returned(
                      claims -> signed(claims.claim("email_verified", verified).build(), KEY))))
          .as(String.valueOf(verified))
          .isEqualTo("email_not_verified");
    }
    for (String address :
        new String[] {"", "nobody", "a@b@c", "a b@example.com", "ä@example.com"}) {
      assertThat(error(returned(claims -> signed(claims.claim("email", address).build(), KEY))))
          .as(address)
          .isEqualTo("email_not_verified");
    }
  }

  @Test
  void nameIsMadeFitToKeep() throws Exception {
    returned(claims -> signed(claims.claim("name", " A\u0000na\n" + "x".repeat(300)).build(), KEY));

    assertThat(IDENTITY.query("select name from users where email = ?", email))
        .containsExactly("A na " + "x".repeat(195));
  }

  @Test
  void personWithoutANameIsCalledByTheAddress() throws Exception {
    returned(claims -> signed(claims.claim("name", " ").build(), KEY));

    assertThat(IDENTITY.query("select name from users where email = ?", email))
        .containsExactly(email.substring(0, email.indexOf('@')));
  }

  @Test
  void providerThatDoesNotAnswerAsItShouldIsTriedLater() {
    unavailable(call -> answer(call, 500, "{}"));
    unavailable(call -> answer(call, 503, "{}"));
    unavailable(call -> answer(call, 429, "{}"));
    unavailable(call -> answer(call, 200, "<html>Oops</html>"));
    unavailable(call -> answer(call, 200, "\"text\""));
    unavailable(call -> answer(call, 200, ""));
    unavailable(call -> answer(call, 200, "{\"x\": \"" + "x".repeat(300_000) + "\"}"));
    unavailable(HttpExchange::close);
  }

  @Test
  void providerThatTakesTooLongIsNotWaitedFor() {
    CountDownLatch over = new CountDownLatch(1);

    unavailable(
        call -> {
          try (call) {
            call.sendResponseHeaders(200, 1000);
            call.getResponseBody().write('{');
            call.getResponseBody().flush();
            over.await();
          } catch (IOException | InterruptedException e) {
            // The caller has gone.
          }
        });
    over.countDown();
  }

  @Test
  void redirectOfTheProviderIsNotFollowed() {
    tokenEndpoint =
        call -> {
          call.getResponseHeaders().add("Location", ISSUER + "/keys");
          answer(call, 307, "{}");
        };

    assertThat(error(comeBack(new OAuthBrowser(IDENTITY)))).isEqualTo("login_failed");
  }

  @Test
  void discoveryOfAnotherIssuerIsNotBelieved() {
    // A function of its own: what was discovered is kept for an hour.
    assertStartsNowhere(call -> answer(call, 200, "{\"issuer\": \"https://evil.example\"}"));
    assertStartsNowhere(call -> answer(call, 200, "{\"issuer\": \"" + ISSUER + "\"}"));
    assertStartsNowhere(call -> answer(call, 404, "{}"));
    assertStartsNowhere(call -> answer(call, 500, "{}"));
  }

  private static void assertStartsNowhere(Consumer<HttpExchange> document) {
    discovery = document;
    try (HttpFunction fresh = IDENTITY.another()) {
      OAuthBrowser browser = new OAuthBrowser(IDENTITY);
      assertThat(error(browser.start(IDENTITY.api(fresh), "google", "")))
          .isEqualTo("temporarily_unavailable");
    } finally {
      discovery = CrookedProviderTest::discover;
    }
  }

  private void refused(Function<JWTClaimsSet.Builder, String> idToken) {
    assertThat(error(returned(idToken))).isEqualTo("login_failed");
  }

  /// Comes back from the provider, whose ID token is made of claims that are right.
  private Answer returned(Function<JWTClaimsSet.Builder, String> idToken) {
    OAuthBrowser browser = new OAuthBrowser(IDENTITY);
    Answer started = browser.start("google");
    Map<String, String> asked = OAuthBrowser.parameters(location(started).getRawQuery());
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .audience(CLIENT)
            .subject(email)
            .claim("nonce", asked.get("nonce"))
            .claim("email", email)
            .claim("email_verified", true)
            .claim("name", "Ana Lima")
            .issueTime(at(0))
            .expirationTime(at(600));
    String token = idToken.apply(claims);
    tokenEndpoint =
        call -> answer(call, 200, "{\"access_token\": \"x\", \"id_token\": \"" + token + "\"}");
    return comeBack(browser, asked);
  }

  private static void unavailable(Consumer<HttpExchange> broken) {
    tokenEndpoint = broken;

    assertThat(error(comeBack(new OAuthBrowser(IDENTITY)))).isEqualTo("temporarily_unavailable");
  }

  private static Answer comeBack(OAuthBrowser browser) {
    return comeBack(
        browser, OAuthBrowser.parameters(location(browser.start("google")).getRawQuery()));
  }

  private static Answer comeBack(OAuthBrowser browser, Map<String, String> asked) {
    return browser.comeBack(
        "/api/v1/auth/oauth/google/callback?code=any&state="
            + OAuthBrowser.encode(String.valueOf(asked.get("state"))));
  }

  private static Date at(int seconds) {
    return Date.from(Instant.now().plusSeconds(seconds));
  }

  private static void answer(HttpExchange call, int status, String body) {
    try (call) {
      call.getRequestBody().readAllBytes();
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      call.getResponseHeaders().add("Content-Type", "application/json");
      call.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      call.getResponseBody().write(bytes);
    } catch (IOException e) {
      // The caller has gone.
    }
  }

  private static String withoutSignature(String token) {
    return token.substring(0, token.lastIndexOf('.') + 1);
  }

  private static String signed(JWTClaimsSet claims, RSAKey key) {
    return signed(claims, JWSAlgorithm.RS256, key.getKeyID(), signer(key));
  }

  private static String signed(
      JWTClaimsSet claims, JWSAlgorithm algorithm, @Nullable String keyId, JWSSigner signer) {
    try {
      SignedJWT token =
          new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims);
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static JWSSigner signer(RSAKey key) {
    try {
      return new RSASSASigner(key);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static JWSSigner signer(ECKey key) {
    try {
      return new ECDSASigner(key);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static JWSSigner mac(String secret) {
    try {
      return new MACSigner(secret);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static RSAKey rsa(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static ECKey ec(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }
}
