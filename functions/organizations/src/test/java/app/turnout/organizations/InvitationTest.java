package app.turnout.organizations;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.organizations.OrganizationsHarness.Person;
import app.turnout.platform.tokens.DerivedTokens;
import app.turnout.testing.ApiClient.Answer;
import app.turnout.testing.SettableTime;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvitationTest {
  @RegisterExtension static final OrganizationsHarness ORGANIZATIONS = new OrganizationsHarness();

  private static final DerivedTokens TOKENS =
      new DerivedTokens("invitation-token-key-of-at-least-32-characters");

  private Person owner;
  private Person ana;
  private UUID organization;

  @BeforeEach
  void found() throws SQLException {
    ORGANIZATIONS.time().set(SettableTime.START);
    owner = ORGANIZATIONS.owner();
    organization = owner.organization();
    ana = ORGANIZATIONS.account("ana");
  }

  @Test
  void invitedPersonJoins() throws SQLException {
    Answer invited = invite(owner, ana.email(), "org_manager");

    Answer accepted = accept(ana, token(invited));

    assertThat(invited.status()).isEqualTo(201);
    assertThat(invited.header("Location"))
        .isEqualTo(
            "/api/v1/organizations/"
                + organization
                + "/invitations/"
                + invited.json().path("id").asText());
    assertThat(accepted.status()).isEqualTo(200);
    assertThat(accepted.json().toString())
        .isEqualTo("{\"organization_id\":\"" + organization + "\",\"role\":\"org_manager\"}");
    assertThat(ORGANIZATIONS.role(organization, ana)).isEqualTo("org_manager");
    assertThat(ORGANIZATIONS.audited(organization))
        .containsExactlyInAnyOrder("invitation.sent", "member.joined");
    assertThat(listed(owner)).isEmpty();
  }

  @Test
  void addressIsTheSameInAnyCase() throws SQLException {
    Answer invited = invite(owner, ana.email().toUpperCase(Locale.ROOT), "org_viewer");

    assertThat(accept(ana, token(invited)).status()).isEqualTo(200);
  }

  @Test
  void whoHasNoAccountYetAcceptsOnceTheyHaveOne() throws SQLException {
    String email = "new-" + UUID.randomUUID() + "@example.com";
    String token = token(invite(owner, email, "org_viewer"));

    Person registered = ORGANIZATIONS.account("new");
    ORGANIZATIONS.execute(
        "update users set email = ?, email_verified_at = null where id = ?",
        email,
        registered.id());
    Answer unverified = accept(registered, token);
    ORGANIZATIONS.execute(
        "update users set email_verified_at = now() where id = ?", registered.id());

    assertThat(problem(unverified)).isEqualTo("not_invited");
    assertThat(accept(registered, token).status()).isEqualTo(200);
  }

  @Test
  void forwardedMailLetsNobodyElseIn() throws SQLException {
    Answer invited = invite(owner, ana.email(), "org_admin");
    Person eve = ORGANIZATIONS.account("eve");

    assertThat(problem(accept(eve, token(invited)))).isEqualTo("not_invited");
    assertThat(acceptById(eve, invited).status()).isEqualTo(404);
    assertThat(decline(eve, token(invited)).status()).isEqualTo(403);
    assertThat(ORGANIZATIONS.get(eve, "/users/invitations").json().path("data")).isEmpty();
    assertThat(ORGANIZATIONS.role(organization, eve)).isEmpty();
    assertThat(accept(ana, token(invited)).status()).isEqualTo(200);
  }

  @Test
  void acceptingTwiceIsAcceptingOnce() throws Exception {
    String token = token(invite(owner, ana.email(), "org_viewer"));
    Callable<Answer> accepting = () -> accept(ana, token);

    List<Answer> answers = OrganizationsHarness.atOnce(Collections.nCopies(8, accepting));

    assertThat(answers).extracting(Answer::status).containsOnly(200);
    assertThat(accept(ana, token).status()).isEqualTo(200);
    assertThat(ORGANIZATIONS.audited(organization))
        .containsExactlyInAnyOrder("invitation.sent", "member.joined");
  }

  @Test
  void usedInvitationDoesNotBringBackWhoWasRemoved() throws SQLException {
    String token = token(invite(owner, ana.email(), "org_viewer"));
    accept(ana, token);
    ORGANIZATIONS
        .call(owner, "DELETE", "/organizations/" + organization + "/members/" + ana.id())
        .send();

    assertThat(problem(accept(ana, token))).isEqualTo("no_longer_open");
    assertThat(ORGANIZATIONS.role(organization, ana)).isEmpty();
  }

  @Test
  void usedInvitationDoesNotBringBackAnOldRole() throws SQLException {
    String token = token(invite(owner, ana.email(), "org_admin"));
    accept(ana, token);
    ORGANIZATIONS.execute("update members set role = 'org_viewer' where user_id = ?", ana.id());

    assertThat(accept(ana, token).json().path("role").asText()).isEqualTo("org_viewer");
    assertThat(ORGANIZATIONS.role(organization, ana)).isEqualTo("org_viewer");
  }

  @Test
  void invitationExpiresAfterSevenDays() throws SQLException {
    Answer invited = invite(owner, ana.email(), "org_viewer");

    ORGANIZATIONS.time().advance(Duration.ofDays(7));

    assertThat(problem(accept(ana, token(invited)))).isEqualTo("no_longer_open");
    assertThat(ORGANIZATIONS.get(ana, "/users/invitations").json().path("data")).isEmpty();
    assertThat(listed(owner).get(0).path("is_expired").asBoolean()).isTrue();
  }

  @Test
  void invitationSentAgainIsGoodAgain() throws SQLException {
    Answer invited = invite(owner, ana.email(), "org_viewer");
    String token = token(invited);
    ORGANIZATIONS.time().advance(Duration.ofDays(8));

    Answer again = ORGANIZATIONS.call(owner, "POST", path(invited) + "/resend").send();

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().path("is_expired").asBoolean()).isFalse();
    assertThat(mails(invited)).isEqualTo(2);
    assertThat(accept(ana, token).status()).isEqualTo(200);
    assertThat(ORGANIZATIONS.call(owner, "POST", path(invited) + "/resend").send().status())
        .isEqualTo(404);
  }

  @Test
  void addressWhoseInvitationExpiredIsInvitedAnew() throws SQLException {
    Answer first = invite(owner, ana.email(), "org_admin");
    ORGANIZATIONS.time().advance(Duration.ofDays(7));

    Answer second = invite(owner, ana.email(), "org_viewer");

    assertThat(second.status()).isEqualTo(201);
    assertThat(problem(accept(ana, token(first)))).isEqualTo("no_longer_open");
    accept(ana, token(second));
    assertThat(ORGANIZATIONS.role(organization, ana)).isEqualTo("org_viewer");
  }

  @Test
  void revokedInvitationOpensNothing() throws SQLException {
    Answer invited = invite(owner, ana.email(), "org_viewer");

    assertThat(ORGANIZATIONS.call(owner, "DELETE", path(invited)).send().status()).isEqualTo(204);

    assertThat(problem(accept(ana, token(invited)))).isEqualTo("no_longer_open");
    assertThat(ORGANIZATIONS.call(owner, "DELETE", path(invited)).send().status()).isEqualTo(404);
    assertThat(ORGANIZATIONS.get(owner, path(invited)).status()).isEqualTo(404);
    assertThat(invite(owner, ana.email(), "org_viewer").status()).isEqualTo(201);
  }

  @Test
  void acceptedOrRevokedButNotBoth() throws Exception {
    for (int round = 0; round < 8; round++) {
      found();
      Answer invited = invite(owner, ana.email(), "org_viewer");
      String token = token(invited);

      List<Answer> answers =
          OrganizationsHarness.atOnce(
              List.of(
                  () -> accept(ana, token),
                  () -> ORGANIZATIONS.call(owner, "DELETE", path(invited)).send()));

      boolean joined = answers.get(0).status() == 200;
      assertThat(ORGANIZATIONS.role(organization, ana)).isEqualTo(joined ? "org_viewer" : "");
      assertThat(answers.get(1).status()).isEqualTo(joined ? 404 : 204);
    }
  }

  @Test
  void declinedInvitationIsClosed() throws SQLException {
    Answer invited = invite(owner, ana.email(), "org_viewer");

    assertThat(decline(ana, token(invited)).status()).isEqualTo(204);
    assertThat(decline(ana, token(invited)).status()).isEqualTo(204);

    assertThat(problem(accept(ana, token(invited)))).isEqualTo("no_longer_open");
    assertThat(ORGANIZATIONS.audited(organization))
        .containsExactlyInAnyOrder("invitation.sent", "invitation.declined");
  }

  @Test
  void acceptedInvitationIsNotDeclined() throws SQLException {
    String token = token(invite(owner, ana.email(), "org_viewer"));
    accept(ana, token);

    assertThat(problem(decline(ana, token))).isEqualTo("no_longer_open");
    assertThat(ORGANIZATIONS.role(organization, ana)).isEqualTo("org_viewer");
  }

  @Test
  void ownInvitationsAreListedAndAcceptedWithoutTheMail() throws SQLException {
    Answer invited = invite(owner, ana.email(), "org_operator");
    Person other = ORGANIZATIONS.owner();
    invite(other, other.organization(), ana.email(), "org_viewer");

    JsonNode own = ORGANIZATIONS.get(ana, "/users/invitations").json().path("data");

    assertThat(own).hasSize(2);
    assertThat(own.findValuesAsText("role")).contains("org_operator", "org_viewer");
    assertThat(own.get(0).path("organization_name").asText()).isEqualTo("Ours");
    assertThat(own.get(0).path("invited_by_name").asText()).isEqualTo("owner");
    assertThat(acceptById(ana, invited).status()).isEqualTo(200);
    assertThat(ORGANIZATIONS.get(ana, "/users/invitations").json().path("data")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "org_owner, org_owner, 201",
    "org_admin, org_admin, 201",
    "org_admin, org_owner, 403",
    "org_manager, org_viewer, 403",
    "org_viewer, org_viewer, 403",
  })
  void nobodyInvitesAboveThemselves(String by, String role, int status) throws SQLException {
    Person inviter = ORGANIZATIONS.member(organization, by);

    assertThat(invite(inviter, ana.email(), role).status()).isEqualTo(status);
  }

  @Test
  void adminTouchesNoInvitationOfAnOwner() throws SQLException {
    Person admin = ORGANIZATIONS.member(organization, "org_admin");
    Answer invited = invite(owner, ana.email(), "org_owner");

    assertThat(ORGANIZATIONS.call(admin, "DELETE", path(invited)).send().status()).isEqualTo(403);
    assertThat(ORGANIZATIONS.call(admin, "POST", path(invited) + "/resend").send().status())
        .isEqualTo(403);
  }

  @Test
  void invitationsEndWithTheRoleOfWhoInvited() throws SQLException {
    Person admin = ORGANIZATIONS.member(organization, "org_admin");
    Person other = ORGANIZATIONS.account("other");
    String token = token(invite(admin, ana.email(), "org_admin"));
    Answer byOwner = invite(owner, other.email(), "org_admin");

    ORGANIZATIONS
        .call(owner, "DELETE", "/organizations/" + organization + "/members/" + admin.id())
        .send();

    assertThat(problem(accept(ana, token))).isEqualTo("no_longer_open");
    assertThat(accept(other, token(byOwner)).status()).isEqualTo(200);
  }

  @Test
  void loweredOwnersInvitationOfAnOwnerEnds() throws SQLException {
    Person second = ORGANIZATIONS.member(organization, "org_owner");
    Person other = ORGANIZATIONS.account("other");
    String asOwner = token(invite(second, ana.email(), "org_owner"));
    String asAdmin = token(invite(second, other.email(), "org_admin"));

    ORGANIZATIONS
        .call(owner, "PATCH", "/organizations/" + organization + "/members/" + second.id())
        .header("If-Match", "*")
        .json("{\"role\": \"org_admin\"}")
        .send();

    assertThat(problem(accept(ana, asOwner))).isEqualTo("no_longer_open");
    assertThat(accept(other, asAdmin).status()).isEqualTo(200);
  }

  @Test
  void memberIsNotInvited() throws SQLException {
    Person member = ORGANIZATIONS.member(organization, "org_viewer");

    assertThat(problem(invite(owner, member.email(), "org_admin"))).isEqualTo("already_exists");
  }

  @Test
  void oneOfManyInvitesAnAddress() throws Exception {
    Callable<Answer> inviting = () -> invite(owner, ana.email(), "org_viewer");

    List<Answer> answers = OrganizationsHarness.atOnce(Collections.nCopies(8, inviting));

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    assertThat(answers).filteredOn(answer -> answer.status() == 409).hasSize(7);
    assertThat(listed(owner)).hasSize(1);
  }

  @Test
  void memberByAnotherWayStaysWhatTheyAre() throws SQLException {
    String token = token(invite(owner, ana.email(), "org_admin"));
    ORGANIZATIONS.execute(
        "insert into members values (?, ?, 'org_viewer', now())", organization, ana.id());

    assertThat(accept(ana, token).json().path("role").asText()).isEqualTo("org_viewer");
  }

  @Test
  void guessedTokensOpenNothing() throws SQLException {
    Answer invited = invite(owner, ana.email(), "org_viewer");
    String token = token(invited);
    String forged = (token.charAt(0) == 'A' ? 'B' : 'A') + token.substring(1);
    UUID id = UUID.fromString(invited.json().path("id").asText());
    String otherKey = new DerivedTokens("another-key-of-at-least-32-characters").token(id, 1);
    String laterGeneration = TOKENS.token(id, 2);
    String ofNothing = TOKENS.token(UUID.randomUUID(), 1);

    for (String guess : List.of(forged, token + "x", "x", otherKey, laterGeneration, ofNothing)) {
      assertThat(accept(ana, guess).status()).as(guess).isEqualTo(404);
    }
    assertThat(ORGANIZATIONS.role(organization, ana)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"token\": null}",
        "{\"token\": 5}",
        "{\"token\": \"x\", \"invitation_id\": \"0190b5d0-0000-7000-8000-000000000001\"}",
        "{\"invitation_id\": \"x\"}"
      })
  void answerNamesOneInvitation(String body) {
    assertThat(ORGANIZATIONS.post(ana, "/organizations/invitations/accept", body).status())
        .isEqualTo(422);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ana", "ana@", "ána@example.com", "a b@example.com", ""})
  void whatIsNoAddressIsNotInvited(String email) {
    assertThat(invite(owner, email, "org_viewer").status()).isEqualTo(422);
  }

  @Test
  void strangerFindsAndChangesNothing() throws SQLException {
    Person stranger = ORGANIZATIONS.owner();
    Answer invited = invite(owner, ana.email(), "org_viewer");
    String own = path(invited).replace(organization + "", stranger.organization() + "");

    for (String path : List.of(path(invited), own)) {
      assertThat(ORGANIZATIONS.get(stranger, path).status()).isEqualTo(404);
      assertThat(ORGANIZATIONS.call(stranger, "DELETE", path).send().status()).isEqualTo(404);
      assertThat(ORGANIZATIONS.call(stranger, "POST", path + "/resend").send().status())
          .isEqualTo(404);
    }
    assertThat(invite(stranger, ana.email(), "org_viewer").status()).isEqualTo(404);
    assertThat(accept(ana, token(invited)).status()).isEqualTo(200);
  }

  @Test
  void nobodyJoinsWhatIsBeingDeleted() throws SQLException {
    String token = token(invite(owner, ana.email(), "org_viewer"));
    ORGANIZATIONS.execute(
        """
        update organizations
        set deletion_requested_at = now(), deletion_due_at = now()
        where id = ?
        """,
        organization);

    assertThat(problem(accept(ana, token))).isEqualTo("organization_closing");
  }

  @Test
  void oneAddressGetsNotTooManyMails() {
    Answer invited = invite(owner, ana.email(), "org_viewer");
    for (int i = 0; i < 9; i++) {
      assertThat(ORGANIZATIONS.call(owner, "POST", path(invited) + "/resend").send().status())
          .isEqualTo(200);
    }

    Answer tooMany = ORGANIZATIONS.call(owner, "POST", path(invited) + "/resend").send();

    assertThat(tooMany.status()).isEqualTo(429);
    assertThat(tooMany.header("Retry-After")).isNotNull();
  }

  @Test
  void mailAndStoreHoldNoToken() throws SQLException {
    String token = token(invite(owner, ana.email(), "org_viewer"));

    String stored =
        String.join("\n", ORGANIZATIONS.query("select row_to_json(i)::text from invitations i"))
            + String.join(
                "\n", ORGANIZATIONS.query("select row_to_json(m)::text from outbox_messages m"))
            + String.join(
                "\n", ORGANIZATIONS.query("select row_to_json(a)::text from audit_log a"));

    assertThat(stored).doesNotContain(token).doesNotContain(token.substring(28));
  }

  @Test
  void repeatedInviteWithItsKeyIsTheSame() {
    Answer first = inviteOnce(ana.email());
    Answer second = inviteOnce(ana.email());

    assertThat(second.status()).isEqualTo(201);
    assertThat(second.json()).isEqualTo(first.json());
  }

  private Answer inviteOnce(String email) {
    return ORGANIZATIONS
        .call(owner, "POST", "/organizations/" + organization + "/invitations")
        .header("Idempotency-Key", "once")
        .json("{\"email\": \"" + email + "\", \"role\": \"org_viewer\"}")
        .send();
  }

  private Answer invite(Person by, String email, String role) {
    return invite(by, organization, email, role);
  }

  private static Answer invite(Person by, UUID into, String email, String role) {
    return ORGANIZATIONS.post(
        by,
        "/organizations/" + into + "/invitations",
        "{\"email\": \"" + email + "\", \"role\": \"" + role + "\"}");
  }

  private static Answer accept(Person person, String token) {
    return ORGANIZATIONS.post(
        person, "/organizations/invitations/accept", "{\"token\": \"" + token + "\"}");
  }

  private static Answer acceptById(Person person, Answer invited) {
    return ORGANIZATIONS.post(
        person,
        "/organizations/invitations/accept",
        "{\"invitation_id\": \"" + invited.json().path("id").asText() + "\"}");
  }

  private static Answer decline(Person person, String token) {
    return ORGANIZATIONS.post(
        person, "/organizations/invitations/decline", "{\"token\": \"" + token + "\"}");
  }

  private String path(Answer invited) {
    return "/organizations/" + organization + "/invitations/" + invited.json().path("id").asText();
  }

  private JsonNode listed(Person person) {
    return ORGANIZATIONS
        .get(person, "/organizations/" + organization + "/invitations")
        .json()
        .path("data");
  }

  /// What the mail carries.
  private static String token(Answer invited) throws SQLException {
    assertThat(invited.status()).as(invited.body()).isEqualTo(201);
    assertThat(mails(invited)).isEqualTo(1);
    return TOKENS.token(UUID.fromString(invited.json().path("id").asText()), 1);
  }

  private static int mails(Answer invited) throws SQLException {
    return ORGANIZATIONS
        .query(
            """
            select id
            from outbox_messages
            where kind = 'organization_invitation'
              and payload ->> 'invitation_id' = ?
            """,
            invited.json().path("id").asText())
        .size();
  }

  private static String problem(Answer answer) {
    return answer.json().path("type").asText().replace("urn:turnout:problem:", "");
  }
}
