package app.turnout.organizations;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.organizations.OrganizationsHarness.Person;
import app.turnout.testing.ApiClient.Answer;
import app.turnout.testing.SettableTime;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnershipTest {
  @RegisterExtension static final OrganizationsHarness ORGANIZATIONS = new OrganizationsHarness();

  private Person owner;
  private Person heir;
  private UUID organization;

  @BeforeEach
  void found() throws SQLException {
    ORGANIZATIONS.time().set(SettableTime.START);
    owner = ORGANIZATIONS.owner();
    organization = owner.organization();
    heir = ORGANIZATIONS.member(organization, "org_operator");
  }

  @Test
  void ownershipGoesOverInTwoSteps() throws SQLException {
    Answer offered = offer(owner, heir);
    assertThat(offered.status()).isEqualTo(201);
    assertThat(roles()).isEqualTo("org_owner org_operator");
    assertThat(
            ORGANIZATIONS.query(
                "select count(*) from outbox_messages where kind = 'ownership_offered'"
                    + " and ordering_key = ?",
                "user:" + heir.id()))
        .containsExactly("1");

    Answer accepted = accept(heir);

    assertThat(accepted.status()).isEqualTo(200);
    assertThat(accepted.json().path("role").asText()).isEqualTo("org_owner");
    assertThat(roles()).isEqualTo("org_admin org_owner");
    assertThat(ORGANIZATIONS.audited(organization))
        .containsExactlyInAnyOrder(
            "ownership.offered",
            "member.role_changed",
            "member.role_changed",
            "ownership.transferred");
    assertThat(offer(owner, heir).status()).isEqualTo(403);
  }

  @Test
  void heirAcceptsWithoutActingThere() throws SQLException {
    offer(owner, heir);

    Answer accepted = accept(heir.in(ORGANIZATIONS.owner().organization()));

    assertThat(accepted.status()).isEqualTo(200);
  }

  @Test
  void acceptingTwiceIsAcceptingOnce() throws Exception {
    offer(owner, heir);
    Callable<Answer> accepting = () -> accept(heir);

    List<Answer> answers = OrganizationsHarness.atOnce(Collections.nCopies(8, accepting));

    assertThat(answers).extracting(Answer::status).containsOnly(200);
    assertThat(ORGANIZATIONS.audited(organization)).hasSize(4);
    assertThat(roles()).isEqualTo("org_admin org_owner");
  }

  @Test
  void acceptedOrCancelledButNotBoth() throws Exception {
    for (int round = 0; round < 8; round++) {
      found();
      offer(owner, heir);

      List<Answer> answers =
          OrganizationsHarness.atOnce(List.of(() -> accept(heir), () -> cancel(owner)));

      boolean taken = answers.get(0).status() == 200;
      assertThat(roles()).isEqualTo(taken ? "org_admin org_owner" : "org_owner org_operator");
      assertThat(answers.get(1).status()).isIn(taken ? List.of(403, 404) : List.of(204));
    }
  }

  @Test
  void offerExpiresAfterSevenDays() throws SQLException {
    offer(owner, heir);

    ORGANIZATIONS.time().advance(Duration.ofDays(7));

    assertThat(problem(accept(heir))).isEqualTo("no_longer_open");
    assertThat(get(heir).status()).isEqualTo(404);
    assertThat(roles()).isEqualTo("org_owner org_operator");
    assertThat(offer(owner, heir).status()).isEqualTo(201);
    assertThat(accept(heir).status()).isEqualTo(200);
  }

  @Test
  void cancelledOfferIsClosed() throws SQLException {
    offer(owner, heir);

    assertThat(cancel(owner).status()).isEqualTo(204);

    assertThat(problem(accept(heir))).isEqualTo("no_longer_open");
    assertThat(cancel(owner).status()).isEqualTo(404);
    assertThat(roles()).isEqualTo("org_owner org_operator");
  }

  @Test
  void declinedOfferIsClosed() throws SQLException {
    offer(owner, heir);

    assertThat(post(heir, "/decline").status()).isEqualTo(204);

    assertThat(problem(accept(heir))).isEqualTo("no_longer_open");
    assertThat(post(heir, "/decline").status()).isEqualTo(404);
    assertThat(ORGANIZATIONS.audited(organization))
        .containsExactlyInAnyOrder("ownership.offered", "ownership.offer_declined");
  }

  @Test
  void offerIsForOneMemberOnly() throws SQLException {
    Person admin = ORGANIZATIONS.member(organization, "org_admin");
    Person stranger = ORGANIZATIONS.owner();
    offer(owner, heir);

    for (Person other : List.of(admin, owner, stranger)) {
      assertThat(accept(other).status()).isEqualTo(404);
      assertThat(post(other, "/decline").status()).isEqualTo(404);
    }
    assertThat(get(admin).status()).isEqualTo(404);
    assertThat(get(stranger).status()).isEqualTo(404);
    assertThat(get(owner).status()).isEqualTo(200);
    assertThat(get(heir).json()).isEqualTo(get(owner).json());
    assertThat(cancel(admin).status()).isEqualTo(403);
    assertThat(cancel(stranger).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({"org_admin", "org_manager", "org_viewer"})
  void onlyOwnersOffer(String role) throws SQLException {
    Person member = ORGANIZATIONS.member(organization, role);

    assertThat(offer(member, heir).status()).isEqualTo(403);
    assertThat(offer(member, member).status()).isEqualTo(403);
  }

  @Test
  void offerGoesToAMemberWhoIsNoOwner() throws SQLException {
    assertThat(offer(owner, ORGANIZATIONS.account("eve")).status()).isEqualTo(422);
    assertThat(offer(owner, ORGANIZATIONS.owner()).status()).isEqualTo(422);
    assertThat(offer(owner, owner).status()).isEqualTo(409);
    assertThat(offer(owner, ORGANIZATIONS.member(organization, "org_owner")).status())
        .isEqualTo(409);
    assertThat(offer(ORGANIZATIONS.owner(), heir).status()).isEqualTo(404);
  }

  @Test
  void oneOfManyOffersIsOpen() throws Exception {
    Person second = ORGANIZATIONS.member(organization, "org_viewer");

    List<Answer> answers =
        OrganizationsHarness.atOnce(
            List.of(
                () -> offer(owner, heir),
                () -> offer(owner, second),
                () -> offer(owner, heir),
                () -> offer(owner, second)));

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    assertThat(answers).filteredOn(answer -> answer.status() == 409).hasSize(3);
  }

  @Test
  void offerLapsesWithTheOwnershipOfWhoMadeIt() throws SQLException {
    Person second = ORGANIZATIONS.member(organization, "org_owner");
    offer(second, heir);

    change(owner, second, "org_admin");
    change(owner, second, "org_owner");

    assertThat(problem(accept(heir))).isEqualTo("no_longer_open");
    assertThat(ORGANIZATIONS.role(organization, heir)).isEqualTo("org_operator");
  }

  @Test
  void offerLapsesWithTheMembershipOfWhoGotIt() throws SQLException {
    offer(owner, heir);
    ORGANIZATIONS
        .call(owner, "DELETE", "/organizations/" + organization + "/members/" + heir.id())
        .send();
    assertThat(accept(heir).status()).isEqualTo(404);

    ORGANIZATIONS.execute(
        "insert into members values (?, ?, 'org_viewer', now())", organization, heir.id());

    assertThat(problem(accept(heir))).isEqualTo("no_longer_open");
    assertThat(ORGANIZATIONS.role(organization, heir)).isEqualTo("org_viewer");
  }

  @Test
  void giverWhoLeavesWhileItIsAcceptedLeavesAnOwnerBehind() throws Exception {
    for (int round = 0; round < 8; round++) {
      found();
      offer(owner, heir);

      OrganizationsHarness.atOnce(
          List.of(
              () -> accept(heir),
              () ->
                  ORGANIZATIONS
                      .call(owner, "POST", "/organizations/" + organization + "/leave")
                      .send()));

      // The last owner cannot leave, so it is accepted either way.
      assertThat(ORGANIZATIONS.role(organization, heir)).isEqualTo("org_owner");
      assertThat(ORGANIZATIONS.role(organization, owner)).isIn("", "org_admin");
    }
  }

  @Test
  void otherOwnersStay() throws SQLException {
    Person second = ORGANIZATIONS.member(organization, "org_owner");
    offer(owner, heir);
    accept(heir);

    assertThat(ORGANIZATIONS.role(organization, second)).isEqualTo("org_owner");
    assertThat(roles()).isEqualTo("org_admin org_owner");
  }

  private String path() {
    return "/organizations/" + organization + "/ownership-offer";
  }

  private Answer offer(Person by, Person to) {
    return ORGANIZATIONS.post(by, path(), "{\"user_id\": \"" + to.id() + "\"}");
  }

  private Answer get(Person person) {
    return ORGANIZATIONS.get(person, path());
  }

  private Answer cancel(Person person) {
    return ORGANIZATIONS.call(person, "DELETE", path()).send();
  }

  private Answer accept(Person person) {
    return post(person, "/accept");
  }

  private Answer post(Person person, String action) {
    return ORGANIZATIONS.call(person, "POST", path() + action).send();
  }

  private void change(Person by, Person member, String role) {
    Answer answer =
        ORGANIZATIONS
            .call(by, "PATCH", "/organizations/" + organization + "/members/" + member.id())
            .header("If-Match", "*")
            .json("{\"role\": \"" + role + "\"}")
            .send();
    assertThat(answer.status()).isEqualTo(200);
  }

  private String roles() throws SQLException {
    return ORGANIZATIONS.role(organization, owner) + " " + ORGANIZATIONS.role(organization, heir);
  }

  private static String problem(Answer answer) {
    return answer.json().path("type").asText().replace("urn:turnout:problem:", "");
  }
}
