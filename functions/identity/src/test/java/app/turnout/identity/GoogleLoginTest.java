package app.turnout.identity;

import static app.turnout.identity.OAuthBrowser.code;
import static app.turnout.identity.OAuthBrowser.error;
import static app.turnout.identity.OAuthBrowser.location;
import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.testing.ApiClient.Answer;
import app.turnout.testing.SettableTime;
import com.nimbusds.oauth2.sdk.TokenRequest;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.token.OAuth2TokenCallback;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Login by Google's protocol, against an OpenID Connect server that speaks it.
class GoogleLoginTest {
  private static final String CLIENT = "turnout.apps.example";
  private static final Person PERSON = new Person();
  private static final MockOAuth2Server GOOGLE = started();

  @RegisterExtension
  static final IdentityHarness IDENTITY =
      new IdentityHarness(
          Map.of(
              "turnout.oauth.google.issuer",
              GOOGLE.issuerUrl("google").toString(),
              "turnout.secrets.google-oauth",
              "{\"client_id\": \"" + CLIENT + "\", \"client_secret\": \"hush\"}"));

  private static int count;

  private final String subject = "10769150350006150715113" + ++count;
  private final String email = "user" + count + "@example.com";
  private final OAuthBrowser browser = new OAuthBrowser(IDENTITY);

  private static MockOAuth2Server started() {
    MockOAuth2Server server =
        new MockOAuth2Server(
            new OAuth2Config(false, null, null, false, new OAuth2TokenProvider(), Set.of(PERSON)));
    server.start();
    return server;
  }

  @AfterEach
  void resetTime() {
    IDENTITY.time().set(SettableTime.START);
  }

  @AfterAll
  static void stop() {
    GOOGLE.shutdown();
  }

  @Test
  void verifiedAddressGetsAnAccountAndTokens() throws SQLException {
    Answer returned = browser.comeBack(signIn(claims(email)));
    Answer tokens = browser.redeem(code(returned));

    assertThat(returned.status()).isEqualTo(302);
    assertThat(returned.header("Cache-Control")).isEqualTo("no-store");
    assertThat(returned.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(browser.hasCookies()).isFalse();
    assertThat(tokens.status()).isEqualTo(200);
    assertThat(IDENTITY.refresh(tokens.json().path("refresh_token").asText()).status())
        .isEqualTo(200);
    assertThat(
            IDENTITY.query(
                """
                select u.name || ' ' || u.locale || ' ' || (u.email_verified_at is not null) || ' '
                       || (u.password_hash is null) || ' ' || i.provider || ' ' || i.subject
                from users u
                join identities i on i.user_id = u.id
                where u.email = ?
                """,
                email))
        .containsExactly("Ana Lima pt true true google " + subject);
  }

  @Test
  void startAsksAsOpenIdConnectAndOAuthWant() {
    Answer started = browser.start("google");

    URI location = location(started);
    Map<String, String> asked = OAuthBrowser.parameters(location.getRawQuery());
    assertThat(started.status()).isEqualTo(302);
    assertThat(location.toString())
        .startsWith(GOOGLE.authorizationEndpointUrl("google").toString() + "?");
    assertThat(asked)
        .containsOnlyKeys(
            "response_type",
            "client_id",
            "redirect_uri",
            "scope",
            "state",
            "nonce",
            "code_challenge",
            "code_challenge_method")
        .containsEntry("response_type", "code")
        .containsEntry("client_id", CLIENT)
        .containsEntry("scope", "openid email profile")
        .containsEntry("redirect_uri", "https://turnout.example/api/v1/auth/oauth/google/callback")
        .containsEntry("code_challenge_method", "S256");
    assertThat(asked.get("code_challenge"))
        .hasSize(43)
        .isNotEqualTo(OAuthBrowser.challenge(browser.verifier));
    assertThat(asked.get("nonce")).isNotEqualTo(asked.get("state"));
    assertThat(started.cookies()).hasSize(1);
    assertThat(started.cookies().getFirst())
        .startsWith("__Host-turnout-oauth-")
        .endsWith("; Path=/; Max-Age=600; Secure; HttpOnly; SameSite=Lax");
  }

  @Test
  void secondLoginOpensTheSameAccountWhateverTheAddressIsNow() throws SQLException {
    browser.redeem(code(browser.comeBack(signIn(claims(email)))));
    OAuthBrowser later = new OAuthBrowser(IDENTITY);

    Answer tokens = later.redeem(code(later.comeBack(signIn(later, claims("new-" + email)))));

    assertThat(tokens.status()).isEqualTo(200);
    assertThat(
            IDENTITY.query(
                """
                select u.email
                from identities i
                join users u on u.id = i.user_id
                where i.subject = ?
                """,
                subject))
        .containsExactly(email);
  }

  @Test
  void ownerOfAnAccountIsAskedByMailBeforeItIsLinked() throws SQLException {
    IDENTITY.account(email);

    Answer returned = browser.comeBack(signIn(claims(email)));
    assertThat(error(returned)).isEqualTo("confirmation_mailed");
    assertThat(IDENTITY.query("select id from identities where subject = ?", subject)).isEmpty();

    String token = IDENTITY.confirmationTokens(email).getLast();
    assertThat(confirm(token).status()).isEqualTo(204);
    assertThat(confirm(token).status()).isEqualTo(204);
    OAuthBrowser again = new OAuthBrowser(IDENTITY);
    Answer tokens = again.redeem(code(again.comeBack(signIn(again, claims(email)))));

    assertThat(tokens.status()).isEqualTo(200);
    assertThat(IDENTITY.logIn(email, IdentityHarness.PASSWORD).status()).isEqualTo(200);
    assertThat(
            IDENTITY.query(
                """
                select action
                from audit_log
                where subject_id = (select id from users where email = ?)
                  and action like 'identity.%'
                """,
                email))
        .containsExactly("identity.linked");
  }

  @Test
  void confirmingTokenIsGoodForAnHour() throws SQLException {
    IDENTITY.account(email);
    browser.comeBack(signIn(claims(email)));
    String token = IDENTITY.confirmationTokens(email).getLast();

    IDENTITY.time().advance(Duration.ofHours(1));

    assertThat(confirm(token).status()).isEqualTo(401);
    assertThat(confirm(IDENTITY.mailedToken(email)).status()).isEqualTo(401);
  }

  @Test
  void ownerIsNotAskedForEver() throws SQLException {
    IDENTITY.account(email);
    for (int i = 0; i < 3; i++) {
      OAuthBrowser another = new OAuthBrowser(IDENTITY);
      assertThat(error(another.comeBack(signIn(another, claims(email)))))
          .isEqualTo("confirmation_mailed");
    }

    assertThat(error(browser.comeBack(signIn(claims(email))))).isEqualTo("too_many_attempts");
  }

  @Test
  void nobodysRegistrationOfTheAddressBecomesTheirs() throws SQLException {
    IDENTITY.register(email, IdentityHarness.PASSWORD);
    String token = IDENTITY.mailedToken(email);

    Answer tokens = browser.redeem(code(browser.comeBack(signIn(claims(email)))));

    assertThat(tokens.status()).isEqualTo(200);
    assertThat(IDENTITY.verify(token).status()).isEqualTo(401);
    assertThat(IDENTITY.logIn(email, IdentityHarness.PASSWORD).status()).isEqualTo(401);
    assertThat(IDENTITY.query("select name from users where email = ?", email))
        .containsExactly("Ana Lima");
  }

  @Test
  void accountWithoutAPasswordAnswersLoginAsAnyOther() throws SQLException {
    browser.redeem(code(browser.comeBack(signIn(claims(email)))));

    Answer refused = IDENTITY.logIn(email, IdentityHarness.PASSWORD);
    Answer unknown = IDENTITY.logIn("nobody@example.com", IdentityHarness.PASSWORD);

    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.json().path("detail")).isEqualTo(unknown.json().path("detail"));
  }

  @Test
  void deactivatedAccountIsNotOpened() throws SQLException {
    browser.redeem(code(browser.comeBack(signIn(claims(email)))));
    IDENTITY.execute("update users set deactivated_at = now() where email = ?", email);
    OAuthBrowser again = new OAuthBrowser(IDENTITY);

    Answer returned = again.comeBack(signIn(again, claims(email)));

    assertThat(error(returned)).isEqualTo("account_deactivated");
  }

  @Test
  void accountThatIsClosedMeanwhileIsNotOpenedByTheCode() throws SQLException {
    String code = code(browser.comeBack(signIn(claims(email))));
    IDENTITY.execute("update users set deactivated_at = now() where email = ?", email);

    assertThat(browser.redeem(code).status()).isEqualTo(401);
  }

  @Test
  void unverifiedAddressGetsNothing() throws SQLException {
    Map<String, Object> claims = new HashMap<>(claims(email));
    claims.put("email_verified", false);

    assertThat(error(browser.comeBack(signIn(claims)))).isEqualTo("email_not_verified");
    claims.remove("email_verified");
    assertThat(error(fresh(started -> signIn(started, claims)))).isEqualTo("email_not_verified");
    assertThat(IDENTITY.query("select id from users where email = ?", email)).isEmpty();
  }

  @Test
  void codeIsGoodOnceForAMinuteAndForWhoBeganIt() throws SQLException {
    String code = code(browser.comeBack(signIn(claims(email))));

    assertThat(browser.redeem(code, "another-verifier-of-at-least-43-characters-long").status())
        .isEqualTo(401);
    assertThat(
            browser
                .redeem(
                    code.substring(0, 30)
                        + (code.charAt(30) == 'A' ? "B" : "A")
                        + code.substring(31))
                .status())
        .isEqualTo(401);
    assertThat(browser.redeem(code).status()).isEqualTo(200);
    assertThat(browser.redeem(code).status()).isEqualTo(401);

    OAuthBrowser slow = new OAuthBrowser(IDENTITY);
    String late = code(slow.comeBack(signIn(slow, claims(email))));
    IDENTITY.time().advance(Duration.ofMinutes(1));
    assertThat(slow.redeem(late).status()).isEqualTo(401);
  }

  @Test
  void stateIsGoodForTenMinutes() {
    URI back = signIn(claims(email));
    IDENTITY.time().advance(Duration.ofMinutes(10));
    assertThat(error(browser.comeBack(back))).isEqualTo("attempt_expired");
  }

  @Test
  void replayWithTheCookieKeptIsRefused() {
    String cookie = browser.start("google").cookies().getFirst();
    // The start whose answer is followed is another one: its own cookie is needed.
    Answer started = browser.start("google");
    String kept = started.cookies().getFirst();
    PERSON.set(claims(email), 3600);
    URI back = OAuthBrowser.visit(location(started));
    code(browser.comeBack(back));

    Answer replayed =
        IDENTITY
            .api()
            .get(back.getPath() + "?" + back.getRawQuery())
            .cookie(kept.substring(0, kept.indexOf(';')))
            .send();
    Answer crossed =
        IDENTITY
            .api()
            .get(back.getPath() + "?" + back.getRawQuery())
            .cookie(cookie.substring(0, cookie.indexOf(';')))
            .send();

    assertThat(error(replayed)).isEqualTo("attempt_expired");
    assertThat(error(crossed)).isEqualTo("login_failed");
  }

  @Test
  void anotherBrowserIsTurnedAwayAndSpoilsNothing() throws SQLException {
    URI back = signIn(claims(email));
    OAuthBrowser other = new OAuthBrowser(IDENTITY);

    assertThat(error(other.comeBack(back))).isEqualTo("login_failed");
    assertThat(browser.redeem(code(browser.comeBack(back))).status()).isEqualTo(200);
  }

  @Test
  void stateThatIsNoneOfOursIsRefused() {
    String path = "/api/v1/auth/oauth/google/callback";
    URI back = signIn(claims(email));
    String forged = back.getRawQuery().replace("state=", "state=A");

    for (String query : List.of("", "?code=x", "?code=x&state=", "?code=x&state=x", "?" + forged)) {
      Answer refused = browser.comeBack(path + query);
      assertThat(refused.status()).as(query).isEqualTo(400);
      assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo("state");
    }
  }

  @Test
  void personWhoSaysNoIsTakenAtTheirWord() {
    Answer started = browser.start("google");
    String state = asked(started, "state");
    String path = "/api/v1/auth/oauth/google/callback?state=" + OAuthBrowser.encode(state);

    assertThat(error(browser.comeBack(path + "&error=access_denied&error_description=No")))
        .isEqualTo("access_denied");
    assertThat(error(browser.comeBack(path + "&code=x"))).isEqualTo("login_failed");
  }

  @Test
  void errorsOfTheProviderAreTold() {
    for (Map.Entry<String, String> expected :
        Map.of(
                "server_error", "temporarily_unavailable",
                "temporarily_unavailable", "temporarily_unavailable",
                "invalid_scope", "login_failed",
                "<script>", "login_failed")
            .entrySet()) {
      OAuthBrowser one = new OAuthBrowser(IDENTITY);
      String state = asked(one.start("google"), "state");
      assertThat(
              error(
                  one.comeBack(
                      "/api/v1/auth/oauth/google/callback?state="
                          + OAuthBrowser.encode(state)
                          + "&error="
                          + OAuthBrowser.encode(expected.getKey()))))
          .isEqualTo(expected.getValue());
    }
  }

  @Test
  void codeThatTheProviderRefusesEndsTheAttempt() {
    Answer started = browser.start("google");
    String state = asked(started, "state");

    Answer returned =
        browser.comeBack(
            "/api/v1/auth/oauth/google/callback?code=never-given&state="
                + OAuthBrowser.encode(state));

    assertThat(error(returned)).isEqualTo("login_failed");
  }

  @Test
  void expiryIsOfRealTime() throws SQLException {
    // Long before the token was made, and long after it has ended, by product time.
    IDENTITY.time().set(Instant.parse("2019-02-18T07:30:00Z"));
    assertThat(code(fresh(started -> signIn(started, claims(email))))).isNotEmpty();
    IDENTITY.time().set(Instant.parse("2099-02-18T07:30:00Z"));
    assertThat(code(fresh(started -> signIn(started, claims(email))))).isNotEmpty();
    OAuthBrowser late = new OAuthBrowser(IDENTITY);
    URI back = signIn(late, claims(email));
    PERSON.set(claims(email), -120);
    assertThat(error(late.comeBack(back))).isEqualTo("login_failed");
  }

  @Test
  void foreignNonceIsRefused() {
    Answer started = browser.start("google");
    PERSON.set(claims(email), 3600);
    String nonce = asked(started, "nonce");

    URI back =
        OAuthBrowser.visit(
            URI.create(location(started).toString().replace("nonce=" + nonce, "nonce=replayed")));

    assertThat(error(browser.comeBack(back))).isEqualTo("login_failed");
  }

  @Test
  void redirectMustBeOneThatIsConfiguredToTheLetter() {
    for (String redirect :
        List.of(
            "https://turnout.example/signed-in/",
            "https://turnout.example/signed-in?x=1",
            "https://turnout.example/signed-in#x",
            "https://TURNOUT.example/signed-in",
            "http://turnout.example/signed-in",
            "https://turnout.example",
            "https://evil.example/signed-in",
            "//turnout.example/signed-in",
            "")) {
      Answer refused =
          IDENTITY
              .api()
              .get(
                  "/api/v1/auth/oauth/google/start?code_challenge="
                      + OAuthBrowser.challenge(browser.verifier)
                      + "&redirect_uri="
                      + OAuthBrowser.encode(redirect))
              .send();
      assertThat(refused.status()).as(redirect).isEqualTo(400);
      assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo("redirect_uri");
    }
  }

  @Test
  void startWantsWellFormedParameters() {
    for (Map.Entry<String, String> wrong :
        Map.of(
                "code_challenge", "&code_challenge=short",
                "purpose", "&purpose=steal",
                "locale", "&locale=xx")
            .entrySet()) {
      Answer refused = browser.start("google", wrong.getValue());
      assertThat(refused.status()).as(wrong.getKey()).isEqualTo(400);
      assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo(wrong.getKey());
    }
  }

  @Test
  void providerThatIsNotConfiguredIsNotThere() {
    for (String provider : List.of("github", "facebook", "GOOGLE")) {
      Answer refused = browser.start(provider);
      assertThat(refused.status()).isEqualTo(404);
      assertThat(refused.json().path("type").asText())
          .isEqualTo("urn:turnout:problem:provider_not_configured");
    }
  }

  @Test
  void storeHoldsNothingThatOpens() throws SQLException {
    URI back = signIn(claims(email));
    Answer returned = browser.comeBack(back);
    String dump =
        String.join("\n", IDENTITY.query("select row_to_json(a)::text from oauth_attempts a"));

    assertThat(dump)
        .doesNotContain(code(returned))
        .doesNotContain(browser.verifier)
        .doesNotContain(OAuthBrowser.parameters(back.getRawQuery()).get("state"))
        .doesNotContain(OAuthBrowser.parameters(back.getRawQuery()).get("code"));
  }

  private Map<String, Object> claims(String address) {
    return Map.of("sub", subject, "email", address, "email_verified", true, "name", "Ana Lima");
  }

  private URI signIn(Map<String, Object> claims) {
    return signIn(browser, claims);
  }

  /// Starts, logs in at the provider, and is sent back to there.
  private static URI signIn(OAuthBrowser with, Map<String, Object> claims) {
    Answer started = with.start("google", "&locale=pt");
    PERSON.set(claims, 3600);
    return OAuthBrowser.visit(location(started));
  }

  /// A parameter that the provider is asked with.
  private static String asked(Answer started, String name) {
    return Objects.requireNonNull(
        OAuthBrowser.parameters(location(started).getRawQuery()).get(name));
  }

  private static Answer fresh(Function<OAuthBrowser, URI> signIn) {
    OAuthBrowser one = new OAuthBrowser(IDENTITY);
    return one.comeBack(signIn.apply(one));
  }

  private static Answer confirm(String token) {
    return IDENTITY.post("oauth/confirm", "{\"token\": \"" + token + "\"}");
  }

  /// Who is at the provider's page.
  private static final class Person implements OAuth2TokenCallback {
    private volatile Map<String, Object> claims = Map.of();
    private volatile long seconds;

    void set(Map<String, Object> newClaims, long newSeconds) {
      claims = newClaims;
      seconds = newSeconds;
    }

    @Override
    public String issuerId() {
      return "google";
    }

    @Override
    public String subject(TokenRequest request) {
      return String.valueOf(claims.get("sub"));
    }

    @Override
    public String typeHeader(TokenRequest request) {
      return "JWT";
    }

    @Override
    public List<String> audience(TokenRequest request) {
      return List.of(CLIENT);
    }

    @Override
    public Map<String, Object> addClaims(TokenRequest request) {
      return claims;
    }

    @Override
    public long tokenExpiry() {
      return seconds;
    }
  }
}
