package app.turnout.identity;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.platform.tokens.DerivedTokens;
import app.turnout.testing.ApiClient.Answer;
import app.turnout.testing.SettableTime;
import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AdminTest {
  private static final String SECRET = "admin-setup-of-at-least-32-characters";
  private static final DerivedTokens TOKENS =
      new DerivedTokens("verification-token-key-of-at-least-32-characters");

  @RegisterExtension static final IdentityHarness IDENTITY = new IdentityHarness(Map.of());

  private static int count;
  private static Instant day = SettableTime.START;

  private final String email = "user" + ++count + "@example.com";

  /// Each test a day later, without administrators.
  @BeforeEach
  void begin() throws SQLException {
    day = day.plus(Duration.ofDays(1));
    IDENTITY.time().set(day);
    IDENTITY.execute("update users set super_admin_since = null");
    IDENTITY.execute("delete from admin_invitations");
  }

  @Test
  void setupSecretMakesTheFirstAdministratorAndNoOther() throws SQLException {
    String access = access(IDENTITY.account(email));
    IDENTITY.account("second-" + email);
    assertThat(admins(access).status()).isEqualTo(403);

    assertThat(register(SECRET, email).status()).isEqualTo(204);
    Answer second = register(SECRET, "second-" + email);
    Answer again = register(SECRET, email);

    assertThat(second.status()).isEqualTo(401);
    assertThat(again.status()).isEqualTo(401);
    assertThat(second.json().path("type").asText()).isEqualTo("urn:turnout:problem:invalid_token");
    JsonNode listed = admins(access).json().path("data");
    assertThat(listed).hasSize(1);
    assertThat(listed.at("/0/email").asText()).isEqualTo(email);
    assertThat(IDENTITY.audited(IDENTITY.userId(email))).contains("super_admin.appointed");
  }

  @Test
  void setupSecretIsOfNoUseWithoutAVerifiedAccountAndItsPassword() throws SQLException {
    IDENTITY.account(email);
    IDENTITY.register("unverified-" + email, IdentityHarness.PASSWORD);
    IDENTITY.account("gone-" + email);
    IDENTITY.execute("update users set deactivated_at = now() where email = ?", "gone-" + email);

    List<Answer> refused =
        List.of(
            register(SECRET, email, "not the password"),
            register(SECRET, "unverified-" + email),
            register(SECRET, "gone-" + email),
            register(SECRET, "nobody-" + email));

    assertThat(refused).extracting(Answer::status).containsOnly(401);
    assertThat(refused)
        .extracting(answer -> answer.json().path("type").asText())
        .containsOnly("urn:turnout:problem:invalid_credentials");
    assertThat(administrators()).isZero();
  }

  @Test
  void wrongSecretIsOfNoUse() throws SQLException {
    IDENTITY.account(email);

    for (String token : new String[] {SECRET + "x", SECRET.substring(1), " ", "x"}) {
      assertThat(register(token, email).status()).isIn(401, 422);
    }
    assertThat(administrators()).isZero();
  }

  @Test
  void ofManyWithTheSecretAtOnceOneBecomesAdministrator() throws Exception {
    List<String> emails = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      emails.add(i + "-" + email);
      IDENTITY.account(i + "-" + email);
    }
    AtomicInteger next = new AtomicInteger();

    List<Answer> answers =
        IDENTITY.atOnce(6, () -> register(SECRET, emails.get(next.getAndIncrement())));

    assertThat(answers).extracting(Answer::status).containsOnlyOnce(204);
    assertThat(answers).extracting(Answer::status).containsOnly(204, 401);
    assertThat(administrators()).isEqualTo(1);
  }

  @Test
  void administratorsLogInAndOthersAreAnsweredAlike() throws SQLException {
    first();
    IDENTITY.account("member-" + email);

    Answer login = logIn(email, IdentityHarness.PASSWORD);
    List<Answer> refused =
        List.of(
            logIn(email, "not the password"),
            logIn("member-" + email, IdentityHarness.PASSWORD),
            logIn("member-" + email, "not the password"),
            logIn("nobody-" + email, IdentityHarness.PASSWORD));

    assertThat(login.status()).isEqualTo(200);
    assertThat(admins(access(login.json())).status()).isEqualTo(200);
    assertThat(refused).extracting(Answer::status).containsOnly(401);
    assertThat(refused)
        .extracting(answer -> answer.json().path("type").asText())
        .containsOnly("urn:turnout:problem:invalid_credentials");
    assertThat(refused)
        .extracting(answer -> answer.json().path("detail"))
        .containsOnly(refused.getFirst().json().path("detail"));
    assertThat(
            IDENTITY.query(
                "select id from sessions where user_id = ?", IDENTITY.userId("member-" + email)))
        .hasSize(1);
  }

  @Test
  void loginsOfAdministratorsAreLimitedAsAnyOther() throws SQLException {
    first();
    for (int i = 0; i < 10; i++) {
      assertThat(logIn(email, "wrong " + i).status()).isEqualTo(401);
    }

    assertThat(logIn(email, IdentityHarness.PASSWORD).status()).isEqualTo(429);
    assertThat(IDENTITY.logIn(email, IdentityHarness.PASSWORD).status()).isEqualTo(429);
  }

  @Test
  void invitedStrangerGetsAnAccount() throws SQLException {
    String access = first();
    String invited = "new-" + email;

    Answer invitation = invite(access, invited);
    String token = token(invitation);
    Answer registered = register(token, invited);

    assertThat(invitation.status()).isEqualTo(201);
    assertThat(invitation.json().path("expires_at").asText())
        .isEqualTo(day.plus(Duration.ofDays(7)).toString());
    assertThat(IDENTITY.query("select kind from outbox_messages where ordering_key = 'admins'"))
        .contains("admin_invitation");
    assertThat(registered.status()).isEqualTo(204);
    assertThat(admins(access(logIn(invited, IdentityHarness.PASSWORD).json())).json().path("data"))
        .hasSize(2);
    assertThat(register(token, invited).status()).isEqualTo(401);
    assertThat(
            IDENTITY.query(
                "select action from audit_log where subject_id = cast(? as uuid)",
                invitation.json().path("id").asText()))
        .containsExactly("super_admin.invited");
  }

  @Test
  void invitedOwnerOfAnAccountKeepsItsPassword() throws SQLException {
    String access = first();
    String invited = "old-" + email;
    IDENTITY.account(invited);
    String token = token(invite(access, invited));

    Answer wrong = register(token, invited, "another fine phrase");
    Answer right = register(token, invited.toUpperCase(java.util.Locale.ROOT));

    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.json().path("type").asText())
        .isEqualTo("urn:turnout:problem:invalid_credentials");
    assertThat(right.status()).isEqualTo(204);
    assertThat(logIn(invited, IdentityHarness.PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void invitedOwnerWithoutAPasswordGetsOne() throws SQLException {
    String access = first();
    String invited = "external-" + email;
    IDENTITY.account(invited);
    IDENTITY.execute("update users set password_hash = null where email = ?", invited);

    assertThat(register(token(invite(access, invited)), invited).status()).isEqualTo(204);
    assertThat(logIn(invited, IdentityHarness.PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void registrationThatWaitsGivesWayToTheInvited() throws SQLException {
    String access = first();
    String invited = "waiting-" + email;
    IDENTITY.register(invited, "the stranger's own phrase");
    String strangers = IDENTITY.mailedToken(invited);

    assertThat(register(token(invite(access, invited)), invited).status()).isEqualTo(204);
    assertThat(IDENTITY.verify(strangers).status()).isEqualTo(401);
    assertThat(logIn(invited, "the stranger's own phrase").status()).isEqualTo(401);
    assertThat(logIn(invited, IdentityHarness.PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void deactivatedAccountIsNotInvitedBack() throws SQLException {
    String access = first();
    String invited = "gone-" + email;
    IDENTITY.account(invited);
    IDENTITY.execute("update users set deactivated_at = now() where email = ?", invited);

    assertThat(register(token(invite(access, invited)), invited).status()).isEqualTo(401);
    assertThat(administrators()).isEqualTo(1);
  }

  @Test
  void tokenIsForOneAddressForAWeekAndUntilItIsTakenBack() throws SQLException {
    String access = first();
    String invited = "new-" + email;
    Answer replaced = invite(access, invited);
    Answer expiring = invite(access, invited);
    Answer revoked = invite(access, "revoked-" + email);
    String id = revoked.json().path("id").asText();

    assertThat(register(token(replaced), invited).status()).isEqualTo(401);
    assertThat(register(token(expiring), "other-" + email).status()).isEqualTo(401);
    assertThat(revoke(access, id).status()).isEqualTo(204);
    assertThat(revoke(access, id).status()).isEqualTo(404);
    assertThat(register(token(revoked), "revoked-" + email).status()).isEqualTo(401);
    assertThat(invitations(access).findValuesAsText("email")).containsExactly(invited);

    IDENTITY.time().advance(Duration.ofDays(7));
    String later = access(logIn(email, IdentityHarness.PASSWORD).json());
    assertThat(register(token(expiring), invited).status()).isEqualTo(401);
    assertThat(invitations(later)).isEmpty();
    assertThat(administrators()).isEqualTo(1);
  }

  @Test
  void newAccountNeedsANameAndAGoodPassword() throws SQLException {
    String token = token(invite(first(), "new-" + email));

    Answer nameless =
        IDENTITY.post(
            "admin/register",
            "{\"token\": \"%s\", \"email\": \"%s\", \"password\": \"%s\"}"
                .formatted(token, "new-" + email, IdentityHarness.PASSWORD));
    Answer easy = register(token, "new-" + email, "password123");
    Answer brief = register(token, "new-" + email, "x9$qZ");

    assertThat(List.of(nameless, easy, brief)).extracting(Answer::status).containsOnly(422);
    assertThat(nameless.json().at("/errors/0/field").asText()).isEqualTo("name");
    assertThat(easy.json().at("/errors/0/field").asText()).isEqualTo("password");
    assertThat(brief.json().at("/errors/0/field").asText()).isEqualTo("password");
    assertThat(register(token, "new-" + email).status()).isEqualTo(204);
  }

  @Test
  void manyUseATokenAtOnceAndItIsUsedOnce() throws Exception {
    String token = token(invite(first(), "new-" + email));

    List<Answer> answers = IDENTITY.atOnce(6, () -> register(token, "new-" + email));

    assertThat(answers).extracting(Answer::status).containsOnlyOnce(204);
    assertThat(administrators()).isEqualTo(2);
  }

  @Test
  void whoHoldsATokenMayNotGuessPasswords() throws SQLException {
    String invited = "old-" + email;
    String access = first();
    IDENTITY.account(invited);
    String token = token(invite(access, invited));
    for (int i = 0; i < 10; i++) {
      assertThat(register(token, invited, "wrong " + i).status()).isEqualTo(401);
    }

    assertThat(register(token, invited).status()).isEqualTo(429);
  }

  @Test
  void tokensOfOtherMailsAreNotInvitations() throws SQLException {
    first();
    IDENTITY.register("new-" + email, IdentityHarness.PASSWORD);

    assertThat(register(IDENTITY.mailedToken("new-" + email), "new-" + email).status())
        .isEqualTo(401);
  }

  @Test
  void administratorIsNotInvitedAgain() throws SQLException {
    assertThat(invite(first(), email).status()).isEqualTo(409);
  }

  @Test
  void twoInvitationsAtOnceLeaveOne() throws Exception {
    String access = first();

    List<Answer> answers = IDENTITY.atOnce(6, () -> invite(access, "new-" + email));

    assertThat(answers).extracting(Answer::status).containsOnly(201);
    assertThat(invitations(access)).hasSize(1);
  }

  @Test
  void nobodyElseInvitesListsOrDismisses() throws SQLException {
    first();
    String member = access(IDENTITY.account("member-" + email));
    UUID admin = IDENTITY.userId(email);

    for (String[] call :
        new String[][] {
          {"GET", "admins"},
          {"DELETE", "admins/" + admin},
          {"GET", "invitations"},
          {"POST", "invitations"},
          {"DELETE", "invitations/" + admin},
        }) {
      String path = "/api/v1/auth/admin/" + call[1];
      assertThat(
              IDENTITY
                  .api()
                  .call(call[0], path)
                  .bearer(member)
                  .json("{\"email\": \"x@example.com\"}")
                  .send()
                  .status())
          .as(path)
          .isEqualTo(403);
      assertThat(
              IDENTITY
                  .api()
                  .call(call[0], path)
                  .json("{\"email\": \"x@example.com\"}")
                  .send()
                  .status())
          .as(path)
          .isEqualTo(401);
    }
    assertThat(administrators()).isEqualTo(1);
  }

  @Test
  void dismissedAdministratorIsOutAtTheNextRequest() throws SQLException {
    String access = first();
    String other = "other-" + email;
    register(token(invite(access, other)), other);
    String theirs = access(logIn(other, IdentityHarness.PASSWORD).json());
    assertThat(admins(theirs).status()).isEqualTo(200);

    assertThat(dismiss(access, IDENTITY.userId(other)).status()).isEqualTo(204);
    assertThat(dismiss(access, IDENTITY.userId(other)).status()).isEqualTo(404);

    assertThat(admins(theirs).status()).isEqualTo(403);
    assertThat(logIn(other, IdentityHarness.PASSWORD).status()).isEqualTo(401);
    assertThat(IDENTITY.logIn(other, IdentityHarness.PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void lastAdministratorStays() throws SQLException {
    String access = first();

    Answer refused = dismiss(access, IDENTITY.userId(email));

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("type").asText())
        .isEqualTo("urn:turnout:problem:last_super_admin");
    assertThat(administrators()).isEqualTo(1);
  }

  @Test
  void twoWhoDismissEachOtherAtOnceLeaveOne() throws Exception {
    String access = first();
    String other = "other-" + email;
    register(token(invite(access, other)), other);
    String theirs = access(logIn(other, IdentityHarness.PASSWORD).json());
    UUID first = IDENTITY.userId(email);
    UUID second = IDENTITY.userId(other);
    AtomicInteger next = new AtomicInteger();

    List<Answer> answers =
        IDENTITY.atOnce(
            2,
            () -> next.getAndIncrement() == 0 ? dismiss(access, second) : dismiss(theirs, first));

    assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(204, 403);
    assertThat(administrators()).isEqualTo(1);
  }

  @Test
  void administratorEntersAnyOrganizationThatThereIs() throws Exception {
    String access = first();
    UUID foreign = UUID.randomUUID();
    IDENTITY.execute(
        """
        insert into organizations (id, name, type, plan, created_at, updated_at, version)
        values (?, 'Theirs', 'event', 'free', now(), now(), 1)
        """,
        foreign);
    String other = "other-" + email;
    register(token(invite(access, other)), other);
    JsonNode login = logIn(other, IdentityHarness.PASSWORD).json();

    Answer switched = switchTo(access(login), foreign);
    Answer nowhere = switchTo(access(login), UUID.randomUUID());
    JsonNode refreshed = IDENTITY.refresh(login.path("refresh_token").asText()).json();
    dismiss(access, IDENTITY.userId(other));
    JsonNode dismissed = IDENTITY.refresh(refreshed.path("refresh_token").asText()).json();

    assertThat(switched.status()).isEqualTo(200);
    assertThat(organization(switched.json())).isEqualTo(foreign.toString());
    assertThat(nowhere.status()).isEqualTo(404);
    assertThat(organization(refreshed)).isEqualTo(foreign.toString());
    assertThat(dismissed.path("organization_id").isNull()).isTrue();
    assertThat(switchTo(access(dismissed), foreign).status()).isEqualTo(404);
  }

  /// Makes the first administrator. Their access token.
  private String first() throws SQLException {
    String access = access(IDENTITY.account(email));
    assertThat(register(SECRET, email).status()).isEqualTo(204);
    return access;
  }

  private static Answer register(String token, String email) {
    return register(token, email, IdentityHarness.PASSWORD);
  }

  private static Answer register(String token, String email, String password) {
    return IDENTITY.post(
        "admin/register",
        """
        {"token": "%s", "email": "%s", "password": "%s", "name": "Root"}
        """
            .formatted(token, email, password));
  }

  private static Answer logIn(String email, String password) {
    return IDENTITY.post(
        "admin/login", "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, password));
  }

  private static Answer invite(String access, String email) {
    return IDENTITY
        .api()
        .post("/api/v1/auth/admin/invitations")
        .bearer(access)
        .json("{\"email\": \"" + email + "\", \"locale\": \"ru\"}")
        .send();
  }

  /// What the mail of an invitation carries.
  private static String token(Answer invitation) {
    return TOKENS.token(UUID.fromString(invitation.json().path("id").asText()), 1);
  }

  private static Answer revoke(String access, String id) {
    return IDENTITY
        .api()
        .call("DELETE", "/api/v1/auth/admin/invitations/" + id)
        .bearer(access)
        .send();
  }

  private static JsonNode invitations(String access) {
    return IDENTITY
        .api()
        .get("/api/v1/auth/admin/invitations")
        .bearer(access)
        .send()
        .json()
        .path("data");
  }

  private static Answer admins(String access) {
    return IDENTITY.api().get("/api/v1/auth/admin/admins").bearer(access).send();
  }

  private static Answer dismiss(String access, UUID user) {
    return IDENTITY.api().call("DELETE", "/api/v1/auth/admin/admins/" + user).bearer(access).send();
  }

  private static Answer switchTo(String access, UUID organization) {
    return IDENTITY
        .api()
        .post("/api/v1/auth/switch")
        .bearer(access)
        .json("{\"organization_id\": \"" + organization + "\"}")
        .send();
  }

  private static int administrators() throws SQLException {
    return IDENTITY.query("select id from users where super_admin_since is not null").size();
  }

  private static String access(JsonNode tokens) {
    return tokens.path("access_token").asText();
  }

  private static String organization(JsonNode tokens) throws ParseException {
    return String.valueOf(SignedJWT.parse(access(tokens)).getJWTClaimsSet().getClaim("org"));
  }
}
