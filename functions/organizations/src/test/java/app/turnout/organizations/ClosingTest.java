package app.turnout.organizations;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.organizations.OrganizationsHarness.Person;
import app.turnout.testing.ApiClient.Answer;
import app.turnout.testing.SettableTime;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ClosingTest {
  @RegisterExtension static final OrganizationsHarness ORGANIZATIONS = new OrganizationsHarness();

  private Person owner;
  private UUID organization;
  private String path;

  @BeforeEach
  void found() throws SQLException {
    ORGANIZATIONS.time().set(SettableTime.START);
    owner = ORGANIZATIONS.owner();
    organization = owner.organization();
    path = "/organizations/" + organization;
  }

  @Test
  void closingOrganizationCanBeReadAndNotChanged() throws SQLException {
    Person admin = ORGANIZATIONS.member(organization, "org_admin");

    Answer closing = close(owner);

    assertThat(closing.status()).isEqualTo(202);
    assertThat(closing.json().path("due_at").asText()).isEqualTo("2026-03-31T09:00:00Z");
    assertThat(ORGANIZATIONS.get(admin, path).status()).isEqualTo(200);
    assertThat(ORGANIZATIONS.get(admin, path + "/audit-log").status()).isEqualTo(200);
    Answer change =
        ORGANIZATIONS
            .call(admin, "PATCH", path)
            .header("If-Match", "*")
            .header("Content-Type", "application/merge-patch+json")
            .rawBody("{\"name\": \"Other\"}", false)
            .send();
    assertThat(change.status()).isEqualTo(409);
    assertThat(change.json().path("type").asText())
        .isEqualTo("urn:turnout:problem:organization_closing");
    assertThat(ORGANIZATIONS.audited(organization))
        .containsExactly("organization.deletion_requested");
    assertThat(told("organization_closing")).hasSize(1);
  }

  @Test
  void onlyAnOwnerWhoSawItDeletes() throws SQLException {
    Person admin = ORGANIZATIONS.member(organization, "org_admin");
    Person stranger = ORGANIZATIONS.owner();

    assertThat(close(admin).status()).isEqualTo(403);
    assertThat(close(stranger).status()).isEqualTo(404);
    assertThat(ORGANIZATIONS.call(owner, "DELETE", path).send().status()).isEqualTo(428);
    assertThat(
            ORGANIZATIONS.call(owner, "DELETE", path).header("If-Match", "\"99\"").send().status())
        .isEqualTo(412);
    assertThat(ORGANIZATIONS.query("select id from erasures where subject_id = ?", organization))
        .isEmpty();
  }

  @Test
  void deletionIsTakenBackUntilItIsDue() {
    close(owner);

    ORGANIZATIONS.time().advance(Duration.ofDays(30).minusSeconds(1));
    assertThat(ORGANIZATIONS.post(owner, path + "/restore", "").status()).isEqualTo(204);
    assertThat(ORGANIZATIONS.post(owner, path + "/restore", "").status()).isEqualTo(409);
    close(owner);
    ORGANIZATIONS.time().advance(Duration.ofDays(30));
    assertThat(ORGANIZATIONS.post(owner, path + "/restore", "").status()).isEqualTo(409);
  }

  @Test
  void ofTwoOwnersAtOnceOneDeletes() throws Exception {
    Person other = ORGANIZATIONS.member(organization, "org_owner");

    List<Answer> answers =
        OrganizationsHarness.atOnce(List.of(() -> close(owner), () -> close(other)));

    assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(202, 409);
    assertThat(ORGANIZATIONS.query("select id from erasures where subject_id = ?", organization))
        .hasSize(1);
    assertThat(told("organization_closing")).hasSize(2);
  }

  @Test
  void receiptIsForWhoAskedAndForOwners() throws SQLException {
    String receipt = "/erasures/" + close(owner).json().path("erasure_id").asText();

    Answer seen = ORGANIZATIONS.get(owner, receipt);

    assertThat(seen.json().path("status").asText()).isEqualTo("waiting");
    assertThat(seen.json().path("areas")).isEmpty();
    assertThat(ORGANIZATIONS.get(ORGANIZATIONS.owner(), receipt).status()).isEqualTo(404);
  }

  private Answer close(Person person) {
    return ORGANIZATIONS.call(person, "DELETE", path).header("If-Match", "*").send();
  }

  private List<String> told(String kind) throws SQLException {
    return ORGANIZATIONS.query(
        "select payload from outbox_messages where organization_id = ? and kind = ?",
        organization,
        kind);
  }
}
