package app.turnout.identity;

import static app.turnout.identity.OAuthBrowser.code;
import static app.turnout.identity.OAuthBrowser.error;
import static app.turnout.identity.OAuthBrowser.location;
import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.testing.ApiClient.Answer;
import app.turnout.testing.SettableTime;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Login by GitHub, and what one does with identities once one is in.
class GitHubLoginTest {
  private static final FakeGitHub GITHUB = new FakeGitHub();

  @RegisterExtension static final IdentityHarness IDENTITY = new IdentityHarness(properties());

  private static int count;

  private final String email = "user" + ++count + "@example.com";
  private final OAuthBrowser browser = new OAuthBrowser(IDENTITY);

  private static Map<String, Object> properties() {
    Map<String, Object> properties = new HashMap<>(GITHUB.properties());
    properties.put("turnout.oauth.redirect-uris", "app.turnout:/signed-in, https://other.example/");
    return properties;
  }

  @AfterEach
  void resetTime() {
    IDENTITY.time().set(SettableTime.START);
  }

  @AfterAll
  static void stop() {
    GITHUB.close();
  }

  @Test
  void primaryVerifiedAddressGetsAnAccountAndTokens() throws SQLException {
    FakeGitHub.User user =
        user(
            new FakeGitHub.Email("other-" + email, false, true),
            new FakeGitHub.Email(email, true, true));

    Answer tokens = browser.redeem(code(comeBack(browser, user)));

    assertThat(tokens.status()).isEqualTo(200);
    assertThat(
            IDENTITY.query(
                """
                select u.name || ' ' || u.locale || ' ' || i.provider || ' ' || i.subject
                from users u
                join identities i on i.user_id = u.id
                where u.email = ?
                """,
                email))
        .containsExactly("Ana Lima en github " + user.id());
    assertThat(IDENTITY.audited(IDENTITY.userId(email))).containsExactly("account.registered");
  }

  @Test
  void personWithoutANameIsCalledByTheLogin() throws SQLException {
    comeBack(
        browser,
        new FakeGitHub.User(
            7000 + count, "octocat", null, List.of(new FakeGitHub.Email(email, true, true))));

    assertThat(IDENTITY.query("select name from users where email = ?", email))
        .containsExactly("octocat");
  }

  @Test
  void addressThatIsNotBothPrimaryAndVerifiedIsNotTaken() throws SQLException {
    assertThat(error(comeBack(new OAuthBrowser(IDENTITY), user()))).isEqualTo("email_not_verified");
    assertThat(
            error(
                comeBack(
                    new OAuthBrowser(IDENTITY),
                    user(
                        new FakeGitHub.Email(email, true, false),
                        new FakeGitHub.Email("other-" + email, false, true)))))
        .isEqualTo("email_not_verified");
    assertThat(IDENTITY.query("select id from users where email like ?", "%" + email)).isEmpty();
  }

  @Test
  void errorsAreTakenForErrorsThoughTheirStatusIs200() {
    refusedCode("bad_verification_code", "login_failed");
    refusedCode("incorrect_client_credentials", "login_failed");
    refusedCode("redirect_uri_mismatch", "login_failed");
    refusedCode("unverified_user_email", "email_not_verified");
  }

  private void refusedCode(String error, String told) {
    GITHUB.breakNext(
        "/login/oauth/access_token",
        200,
        "{\"error\": \"%s\", \"error_description\": \"No.\", \"error_uri\": \"/docs\"}"
            .formatted(error));
    assertThat(error(comeBack(new OAuthBrowser(IDENTITY), verified()))).isEqualTo(told);
  }

  @Test
  void codeThatWasUsedIsRefusedByGitHub() {
    OAuthBrowser first = new OAuthBrowser(IDENTITY);
    URI back = GITHUB.agree(location(first.start("github")), verified());
    code(first.comeBack(back));
    OAuthBrowser second = new OAuthBrowser(IDENTITY);
    String state =
        OAuthBrowser.parameters(location(second.start("github")).getRawQuery())
            .getOrDefault("state", "");
    String stolen = OAuthBrowser.parameters(back.getRawQuery()).getOrDefault("code", "");

    assertThat(
            error(
                second.comeBack(
                    back.getPath() + "?code=" + stolen + "&state=" + OAuthBrowser.encode(state))))
        .isEqualTo("login_failed");
  }

  @Test
  void codeOfAnotherAttemptDoesNotFitTheVerifier() {
    OAuthBrowser victim = new OAuthBrowser(IDENTITY);
    URI theirs = GITHUB.agree(location(victim.start("github")), verified());
    String injected = OAuthBrowser.parameters(theirs.getRawQuery()).getOrDefault("code", "");
    URI own = GITHUB.agree(location(browser.start("github")), verified());
    String code = OAuthBrowser.parameters(own.getRawQuery()).getOrDefault("code", "");

    Answer returned =
        browser.comeBack(own.getPath() + "?" + own.getRawQuery().replace(code, injected));

    assertThat(error(returned)).isEqualTo("login_failed");
  }

  @Test
  void gitHubThatDoesNotAnswerIsTriedLater() {
    for (String path : List.of("/login/oauth/access_token", "/user", "/user/emails")) {
      GITHUB.breakNext(path, 502, "<html>Unicorn!</html>");
      assertThat(error(comeBack(new OAuthBrowser(IDENTITY), verified())))
          .as(path)
          .isEqualTo("temporarily_unavailable");
    }
    GITHUB.breakNext("/user", 403, "{\"message\": \"API rate limit exceeded\"}");
    assertThat(error(comeBack(new OAuthBrowser(IDENTITY), verified()))).isEqualTo("login_failed");
    GITHUB.breakNext("/user/emails", 404, "{\"message\": \"Not Found\"}");
    assertThat(error(comeBack(new OAuthBrowser(IDENTITY), verified())))
        .isEqualTo("email_not_verified");
  }

  @Test
  void callbackOfOneProviderIsNotTakenForAnothers() {
    URI back = GITHUB.agree(location(browser.start("github")), verified());

    Answer elsewhere = browser.comeBack(URI.create(back.toString().replace("github", "google")));

    assertThat(elsewhere.status()).isEqualTo(404);
  }

  @Test
  void appMayBeConfiguredAsRedirect() {
    Answer started =
        IDENTITY
            .api()
            .get(
                "/api/v1/auth/oauth/github/start?code_challenge="
                    + OAuthBrowser.challenge(browser.verifier)
                    + "&redirect_uri=app.turnout:/signed-in")
            .send();

    assertThat(started.status()).isEqualTo(302);
  }

  @Test
  void manyReturnsAtOnceUseTheAttemptOnce() throws Exception {
    Answer started = browser.start("github");
    String cookie = started.cookies().getFirst();
    URI back = GITHUB.agree(location(started), verified());

    List<Answer> answers =
        IDENTITY.atOnce(
            8,
            () ->
                IDENTITY
                    .api()
                    .get(back.getPath() + "?" + back.getRawQuery())
                    .cookie(cookie.substring(0, cookie.indexOf(';')))
                    .send());

    assertThat(answers.stream().filter(answer -> location(answer).toString().contains("#code=")))
        .hasSize(1);
    assertThat(
            answers.stream()
                .filter(answer -> location(answer).toString().endsWith("#error=attempt_expired")))
        .hasSize(7);
  }

  @Test
  void manyRedeemAtOnceAndOneIsLetIn() throws Exception {
    String code = code(comeBack(browser, verified()));

    List<Answer> answers = IDENTITY.atOnce(8, () -> browser.redeem(code));

    assertThat(answers).extracting(Answer::status).containsOnlyOnce(200);
    assertThat(answers).extracting(Answer::status).containsOnly(200, 401);
  }

  @Test
  void twoFirstLoginsAtOnceMakeOneAccount() throws Exception {
    FakeGitHub.User user = verified();
    List<OAuthBrowser> browsers =
        List.of(
            new OAuthBrowser(IDENTITY),
            new OAuthBrowser(IDENTITY),
            new OAuthBrowser(IDENTITY),
            new OAuthBrowser(IDENTITY));
    List<URI> backs =
        browsers.stream().map(one -> GITHUB.agree(location(one.start("github")), user)).toList();
    java.util.concurrent.atomic.AtomicInteger next =
        new java.util.concurrent.atomic.AtomicInteger();

    List<Answer> answers =
        IDENTITY.atOnce(
            4,
            () -> {
              int own = next.getAndIncrement();
              return browsers.get(own).comeBack(backs.get(own));
            });

    assertThat(answers).extracting(OAuthBrowser::code).hasSize(4);
    assertThat(IDENTITY.query("select id from users where email = ?", email)).hasSize(1);
  }

  @Test
  void signedInOwnerLinksAndLogsInByIt() throws SQLException {
    String access = access(IDENTITY.account(email));
    FakeGitHub.User elsewhere = user(new FakeGitHub.Email("work-" + email, true, true));

    Answer linked = browser.link(access, code(returnToLink(browser, elsewhere)));
    OAuthBrowser later = new OAuthBrowser(IDENTITY);
    Answer tokens = later.redeem(code(comeBack(later, elsewhere)));

    assertThat(linked.status()).isEqualTo(201);
    assertThat(linked.json().path("provider").asText()).isEqualTo("github");
    assertThat(linked.json().path("email").asText()).isEqualTo("work-" + email);
    assertThat(tokens.status()).isEqualTo(200);
    assertThat(list(access).path("data")).hasSize(1);
    assertThat(list(access).at("/data/0")).isEqualTo(linked.json());
    UUID user = IDENTITY.userId(email);
    assertThat(IDENTITY.kindsMailedTo(user)).endsWith("identity_linked");
    assertThat(IDENTITY.audited(user)).contains("identity.linked");
    assertThat(IDENTITY.query("select id from users where email = ?", "work-" + email)).isEmpty();
  }

  @Test
  void codeForLinkingOpensNothingAndTheOtherWayRound() throws SQLException {
    String access = access(IDENTITY.account(email));
    String toLink = code(returnToLink(browser, verified()));
    OAuthBrowser other = new OAuthBrowser(IDENTITY);
    String toLogIn = code(comeBack(other, user(new FakeGitHub.Email("new-" + email, true, true))));

    assertThat(browser.redeem(toLink).status()).isEqualTo(401);
    Answer refused = other.link(access, toLogIn);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo("code");
    assertThat(browser.link(access, toLink).status()).isEqualTo(201);
    assertThat(browser.link(access, toLink).status()).isEqualTo(422);
  }

  @Test
  void whoTricksAnotherIntoLinkingGetsNothing() throws SQLException {
    // The attacker's attempt is finished by the victim's browser: its app has no verifier for it.
    OAuthBrowser attacker = new OAuthBrowser(IDENTITY);
    OAuthBrowser victim = new OAuthBrowser(IDENTITY);
    String access = access(IDENTITY.account(email));
    String code = code(returnToLink(attacker, verified()));

    assertThat(victim.link(access, code).status()).isEqualTo(422);
  }

  @Test
  void identityOfAnotherAccountIsNotTaken() throws SQLException {
    FakeGitHub.User user = verified();
    browser.redeem(code(comeBack(browser, user)));
    String access = access(IDENTITY.account("thief-" + email));
    OAuthBrowser thief = new OAuthBrowser(IDENTITY);

    Answer refused = thief.link(access, code(returnToLink(thief, user)));

    assertThat(refused.status()).isEqualTo(409);
    assertThat(list(access).path("data")).isEmpty();
  }

  @Test
  void unlinkedIdentityOpensNothingAndTheLastWayInStays() throws SQLException {
    FakeGitHub.User user = verified();
    JsonNode tokens = browser.redeem(code(comeBack(browser, user))).json();
    String access = access(tokens);
    String first = list(access).at("/data/0/id").asText();

    Answer last = unlink(access, first);
    assertThat(last.status()).isEqualTo(409);
    assertThat(last.json().path("type").asText())
        .isEqualTo("urn:turnout:problem:last_login_method");

    OAuthBrowser again = new OAuthBrowser(IDENTITY);
    FakeGitHub.User second = user(new FakeGitHub.Email("second-" + email, true, true));
    again.link(access, code(returnToLink(again, second)));
    assertThat(unlink(access, first).status()).isEqualTo(204);
    assertThat(unlink(access, first).status()).isEqualTo(404);
    OAuthBrowser later = new OAuthBrowser(IDENTITY);
    assertThat(error(comeBack(later, user))).isEqualTo("confirmation_mailed");
    assertThat(IDENTITY.audited(IDENTITY.userId(email)))
        .containsExactlyInAnyOrder("account.registered", "identity.linked", "identity.unlinked");
  }

  @Test
  void twoUnlinkAtOnceAndOneWayInStays() throws Exception {
    String access = access(browser.redeem(code(comeBack(browser, verified()))).json());
    OAuthBrowser again = new OAuthBrowser(IDENTITY);
    again.link(
        access, code(returnToLink(again, user(new FakeGitHub.Email("b-" + email, true, true)))));
    List<String> ids = list(access).path("data").findValuesAsText("id");
    java.util.concurrent.atomic.AtomicInteger next =
        new java.util.concurrent.atomic.AtomicInteger();

    List<Answer> answers =
        IDENTITY.atOnce(2, () -> unlink(access, ids.get(next.getAndIncrement())));

    assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(204, 409);
  }

  @Test
  void strangersIdentityIsNotThere() throws SQLException {
    String access = access(browser.redeem(code(comeBack(browser, verified()))).json());
    String id = list(access).at("/data/0/id").asText();
    String stranger = access(IDENTITY.account("stranger-" + email));

    assertThat(unlink(stranger, id).status()).isEqualTo(404);
    assertThat(list(stranger).path("data")).isEmpty();
    assertThat(IDENTITY.api().get("/api/v1/users/identities").send().status()).isEqualTo(401);
  }

  @Test
  void passwordThatIsSetByMailIsAWayIn() throws SQLException {
    String access = access(browser.redeem(code(comeBack(browser, verified()))).json());
    IDENTITY.forgot(email);
    IDENTITY.reset(IDENTITY.resetTokens(email).getLast(), IdentityHarness.PASSWORD);
    String id = IDENTITY.query("select id from identities where email = ?", email).getFirst();

    Answer login = IDENTITY.logIn(email, IdentityHarness.PASSWORD);

    assertThat(login.status()).isEqualTo(200);
    assertThat(unlink(access, id).status()).isEqualTo(401);
    assertThat(unlink(access(login.json()), id).status()).isEqualTo(204);
  }

  @Test
  void confirmationIsOfNoUseOnceTheIdentityIsAnothers() throws SQLException {
    IDENTITY.account(email);
    FakeGitHub.User user = verified();
    assertThat(error(comeBack(browser, user))).isEqualTo("confirmation_mailed");
    String token = IDENTITY.confirmationTokens(email).getLast();
    String other = access(IDENTITY.account("other-" + email));
    OAuthBrowser linking = new OAuthBrowser(IDENTITY);
    linking.link(other, code(returnToLink(linking, user)));

    Answer refused = IDENTITY.post("oauth/confirm", "{\"token\": \"" + token + "\"}");

    assertThat(refused.status()).isEqualTo(401);
  }

  @Test
  void attemptsAreCountedByAddress() {
    IDENTITY.time().advance(Duration.ofDays(400));
    Answer last = browser.start("github");
    for (int i = 0; i < 300 && last.status() != 429; i++) {
      last = browser.start("github");
    }

    assertThat(last.status()).isEqualTo(429);
    assertThat(last.header("Retry-After")).isNotNull();
  }

  private FakeGitHub.User verified() {
    return user(new FakeGitHub.Email(email, true, true));
  }

  private static FakeGitHub.User user(FakeGitHub.Email... emails) {
    return new FakeGitHub.User(1000 + ++ids, "ana", "Ana Lima", List.of(emails));
  }

  private static int ids;

  private static Answer comeBack(OAuthBrowser with, FakeGitHub.User user) {
    return with.comeBack(GITHUB.agree(location(with.start("github")), user));
  }

  private static Answer returnToLink(OAuthBrowser with, FakeGitHub.User user) {
    return with.comeBack(GITHUB.agree(location(with.start("github", "&purpose=link")), user));
  }

  private static String access(JsonNode tokens) {
    return tokens.path("access_token").asText();
  }

  private static JsonNode list(String access) {
    return IDENTITY.api().get("/api/v1/users/identities").bearer(access).send().json();
  }

  private static Answer unlink(String access, String id) {
    return IDENTITY.api().call("DELETE", "/api/v1/users/identities/" + id).bearer(access).send();
  }
}
