package app.turnout.organizations;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.organizations.OrganizationsHarness.Person;
import app.turnout.testing.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemberTest {
  @RegisterExtension static final OrganizationsHarness ORGANIZATIONS = new OrganizationsHarness();

  private Person owner;
  private Person admin;
  private UUID organization;

  @BeforeEach
  void found() throws SQLException {
    owner = ORGANIZATIONS.owner();
    organization = owner.organization();
    admin = ORGANIZATIONS.member(organization, "org_admin");
  }

  @Test
  void membersAreListedInTheOrderInWhichTheyCame() throws SQLException {
    List<String> everybody = new ArrayList<>(List.of(owner.email(), admin.email()));
    for (int i = 0; i < 3; i++) {
      everybody.add(ORGANIZATIONS.member(organization, "org_viewer").email());
    }

    List<String> listed = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = ORGANIZATIONS.get(admin, members("?limit=2" + cursor)).json();
      listed.addAll(page.findValuesAsText("email"));
      cursor =
          page.path("next_cursor").isNull() ? "" : "&cursor=" + page.path("next_cursor").asText();
    } while (!cursor.isEmpty());

    assertThat(listed).containsExactlyInAnyOrderElementsOf(everybody);
    assertThat(ORGANIZATIONS.get(admin, members("")).json().at("/data/0").properties())
        .extracting(entry -> entry.getKey())
        .containsExactly("user_id", "name", "email", "role", "since");
  }

  @ParameterizedTest
  @CsvSource({"org_manager", "org_operator", "org_viewer"})
  void membersAreForWhoManages(String role) throws SQLException {
    Person member = ORGANIZATIONS.member(organization, role);

    assertThat(ORGANIZATIONS.get(member, members("")).status()).isEqualTo(403);
    assertThat(ORGANIZATIONS.get(member, members("/" + owner.id())).status()).isEqualTo(403);
    assertThat(change(member, member, "org_admin").status()).isEqualTo(403);
    assertThat(remove(member, admin).status()).isEqualTo(403);
    assertThat(ORGANIZATIONS.role(organization, member)).isEqualTo(role);
  }

  @ParameterizedTest
  @CsvSource({
    // who, whom, from, to, answer
    "org_owner, other, org_viewer, org_admin, 200",
    "org_owner, other, org_viewer, org_owner, 200",
    "org_owner, other, org_owner, org_viewer, 200",
    "org_admin, other, org_viewer, org_admin, 200",
    "org_admin, other, org_admin, org_viewer, 200",
    "org_admin, other, org_viewer, org_owner, 403",
    "org_admin, other, org_owner, org_admin, 403",
    "org_admin, other, org_owner, org_owner, 403",
    "org_admin, self, org_admin, org_owner, 403",
    "org_admin, self, org_admin, org_viewer, 200",
    "super_admin, other, org_viewer, org_owner, 200",
    "super_admin, other, org_owner, org_viewer, 200",
  })
  void nobodyGivesOrTakesMoreThanTheyHave(
      String by, String whom, String from, String to, int status) throws SQLException {
    Person actor =
        switch (by) {
          case "org_owner" -> owner;
          case "org_admin" -> admin;
          default -> ORGANIZATIONS.superAdmin().in(organization);
        };
    Person member = whom.equals("self") ? actor : ORGANIZATIONS.member(organization, from);

    Answer answer = change(actor, member, to);

    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(ORGANIZATIONS.role(organization, member)).isEqualTo(status == 200 ? to : from);
  }

  @ParameterizedTest
  @CsvSource({"super_admin", "owner", "''", "ORG_ADMIN"})
  void thereAreFiveRoles(String role) throws SQLException {
    Person member = ORGANIZATIONS.member(organization, "org_viewer");

    assertThat(change(owner, member, role).status()).isEqualTo(422);
    assertThat(ORGANIZATIONS.role(organization, member)).isEqualTo("org_viewer");
  }

  @Test
  void changedRoleCountsAtOnceAndIsToldAndAudited() throws SQLException {
    assertThat(ORGANIZATIONS.get(admin, members("")).status()).isEqualTo(200);

    Answer changed = change(owner, admin, "org_viewer");

    assertThat(changed.header("ETag")).isEqualTo("\"2\"");
    assertThat(ORGANIZATIONS.get(admin, members("")).status()).isEqualTo(403);
    assertThat(mails(admin)).containsExactly("member_role_changed");
    assertThat(
            ORGANIZATIONS.query(
                """
                select actor_id || ' ' || subject_id || ' ' || (before ->> 'role') || ' '
                       || (after ->> 'role')
                from audit_log
                where organization_id = ?
                  and action = 'member.role_changed'
                """,
                organization))
        .containsExactly(owner.id() + " " + admin.id() + " org_admin org_viewer");
  }

  @Test
  void sameRoleAgainChangesNothing() throws SQLException {
    Answer answer = change(owner, admin, "org_admin");

    assertThat(answer.header("ETag")).isEqualTo("\"1\"");
    assertThat(ORGANIZATIONS.audited(organization)).isEmpty();
    assertThat(mails(admin)).isEmpty();
  }

  @Test
  void staleChangeOfRoleIsRefused() {
    change(owner, admin, "org_manager");

    Answer stale =
        ORGANIZATIONS
            .call(owner, "PATCH", members("/" + admin.id()))
            .header("If-Match", "\"1\"")
            .json("{\"role\": \"org_admin\"}")
            .send();

    assertThat(stale.status()).isEqualTo(412);
  }

  @Test
  void removedMemberIsOutAtOnce() throws SQLException {
    assertThat(ORGANIZATIONS.get(admin, members("")).status()).isEqualTo(200);

    assertThat(remove(owner, admin).status()).isEqualTo(204);

    assertThat(ORGANIZATIONS.get(admin, members("")).status()).isEqualTo(403);
    assertThat(ORGANIZATIONS.get(admin, "/organizations/" + organization).status()).isEqualTo(404);
    assertThat(mails(admin)).containsExactly("member_removed");
    assertThat(ORGANIZATIONS.audited(organization)).containsExactly("member.removed");
    assertThat(remove(owner, admin).status()).isEqualTo(404);
  }

  @Test
  void adminRemovesNoOwner() throws SQLException {
    assertThat(remove(admin, owner).status()).isEqualTo(403);
    assertThat(ORGANIZATIONS.role(organization, owner)).isEqualTo("org_owner");
  }

  @Test
  void lastOwnerStays() throws SQLException {
    Person administrator = ORGANIZATIONS.superAdmin().in(organization);

    assertThat(problem(remove(owner, owner))).isEqualTo("last_owner");
    assertThat(problem(remove(administrator, owner))).isEqualTo("last_owner");
    assertThat(problem(change(owner, owner, "org_admin"))).isEqualTo("last_owner");
    assertThat(problem(change(administrator, owner, "org_admin"))).isEqualTo("last_owner");
    assertThat(problem(leave(owner))).isEqualTo("last_owner");
    assertThat(ORGANIZATIONS.role(organization, owner)).isEqualTo("org_owner");
  }

  @Test
  void ownerWhoseAccountIsClosedOwnsNothing() throws SQLException {
    Person closed = ORGANIZATIONS.member(organization, "org_owner");
    ORGANIZATIONS.execute("update users set deactivated_at = now() where id = ?", closed.id());

    assertThat(problem(leave(owner))).isEqualTo("last_owner");
  }

  /// Closing an account locks the owners, not the roster.
  @Test
  void ownerWaitsForOneWhoIsClosingTheirAccount() throws Exception {
    Person closing = ORGANIZATIONS.member(organization, "org_owner");

    Answer answer =
        ORGANIZATIONS.whileHolding(
            List.of(
                "select organizations_owned_alone('%s')".formatted(closing.id()),
                "update users set deactivated_at = now() where id = '%s'".formatted(closing.id())),
            () -> leave(owner));

    assertThat(problem(answer)).isEqualTo("last_owner");
  }

  @Test
  void memberLeavesWithoutActingThere() throws SQLException {
    Person elsewhere = admin.in(ORGANIZATIONS.owner().organization());

    assertThat(leave(elsewhere).status()).isEqualTo(204);

    assertThat(ORGANIZATIONS.role(organization, admin)).isEmpty();
    assertThat(ORGANIZATIONS.audited(organization)).containsExactly("member.left");
    assertThat(mails(admin)).isEmpty();
    assertThat(leave(elsewhere).status()).isEqualTo(404);
  }

  @Test
  void twoOwnersWhoRemoveEachOtherLeaveOne() throws Exception {
    for (int round = 0; round < 10; round++) {
      found();
      Person other = ORGANIZATIONS.member(organization, "org_owner");

      List<Answer> answers =
          OrganizationsHarness.atOnce(
              List.of(() -> remove(owner, other), () -> remove(other, owner)));

      assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(204, 403);
      assertThat(owners()).isEqualTo(1);
    }
  }

  @Test
  void ownersWhoAllLeaveAtOnceLeaveOne() throws Exception {
    List<Person> owners = new ArrayList<>(List.of(owner));
    for (int i = 0; i < 5; i++) {
      owners.add(ORGANIZATIONS.member(organization, "org_owner"));
    }

    List<Answer> answers =
        OrganizationsHarness.atOnce(
            List.of(
                () -> leave(owners.get(0)),
                () -> remove(owners.get(1), owners.get(1)),
                () -> change(owners.get(2), owners.get(2), "org_admin"),
                () -> leave(owners.get(3)),
                () -> remove(owners.get(4), owners.get(4)),
                () -> leave(owners.get(5))));

    assertThat(owners()).isEqualTo(1);
    assertThat(answers).filteredOn(answer -> answer.status() == 409).hasSize(1);
  }

  @Test
  void whoIsLoweredMeanwhileDoesNothingByTheOldRole() throws Exception {
    for (int round = 0; round < 10; round++) {
      found();
      Person friend = ORGANIZATIONS.member(organization, "org_viewer");

      List<Answer> answers =
          OrganizationsHarness.atOnce(
              List.of(
                  () -> change(owner, admin, "org_viewer"),
                  () -> change(admin, friend, "org_admin")));

      List<String> order = ORGANIZATIONS.audited(organization);
      assertThat(answers.get(0).status()).isEqualTo(200);
      assertThat(answers.get(1).status()).isEqualTo(order.size() == 2 ? 200 : 403);
    }
  }

  @Test
  void strangerFindsAndChangesNothing() throws SQLException {
    Person stranger = ORGANIZATIONS.owner();

    assertThat(ORGANIZATIONS.get(stranger, members("")).status()).isEqualTo(404);
    assertThat(ORGANIZATIONS.get(stranger, members("/" + admin.id())).status()).isEqualTo(404);
    assertThat(change(stranger, admin, "org_viewer").status()).isEqualTo(404);
    assertThat(remove(stranger, admin).status()).isEqualTo(404);
    assertThat(leave(stranger).status()).isEqualTo(404);
    // The own path does not reach into another tenant either.
    String own = "/organizations/" + stranger.organization() + "/members/" + admin.id();
    assertThat(ORGANIZATIONS.get(stranger, own).status()).isEqualTo(404);
    assertThat(ORGANIZATIONS.call(stranger, "DELETE", own).send().status()).isEqualTo(404);
    assertThat(ORGANIZATIONS.role(organization, admin)).isEqualTo("org_admin");
  }

  @Test
  void nobodyIsNotLetIn() {
    assertThat(ORGANIZATIONS.call(null, "GET", members("")).send().status()).isEqualTo(401);
    assertThat(
            ORGANIZATIONS
                .call(null, "POST", "/organizations/" + organization + "/leave")
                .send()
                .status())
        .isEqualTo(401);
  }

  private String members(String rest) {
    return "/organizations/" + organization + "/members" + rest;
  }

  private Answer change(Person by, Person member, String role) {
    return ORGANIZATIONS
        .call(by, "PATCH", members("/" + member.id()))
        .header("If-Match", "*")
        .json("{\"role\": \"" + role + "\"}")
        .send();
  }

  private Answer remove(Person by, Person member) {
    return ORGANIZATIONS.call(by, "DELETE", members("/" + member.id())).send();
  }

  private Answer leave(Person person) {
    return ORGANIZATIONS.call(person, "POST", "/organizations/" + organization + "/leave").send();
  }

  private int owners() throws SQLException {
    return ORGANIZATIONS
        .query(
            "select user_id from members where organization_id = ? and role = 'org_owner'",
            organization)
        .size();
  }

  private static List<String> mails(Person person) throws SQLException {
    return ORGANIZATIONS.query(
        "select kind from outbox_messages where payload ->> 'user_id' = ?", person.id().toString());
  }

  private static String problem(Answer answer) {
    return answer.json().path("type").asText().replace("urn:turnout:problem:", "");
  }
}
