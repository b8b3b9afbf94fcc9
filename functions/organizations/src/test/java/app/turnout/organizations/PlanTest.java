package app.turnout.organizations;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.organizations.OrganizationsHarness.Person;
import app.turnout.testing.ApiClient.Answer;
import app.turnout.testing.SettableTime;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {
  @RegisterExtension static final OrganizationsHarness ORGANIZATIONS = new OrganizationsHarness();

  private Person owner;
  private Person administrator;
  private UUID organization;

  @BeforeEach
  void found() throws SQLException {
    ORGANIZATIONS.time().set(SettableTime.START);
    owner = ORGANIZATIONS.owner();
    organization = owner.organization();
    administrator = ORGANIZATIONS.superAdmin().in(organization);
  }

  @Test
  void everyMemberSeesWhatThePlanAllows() throws SQLException {
    Answer seen =
        ORGANIZATIONS.get(
            ORGANIZATIONS.member(organization, "org_viewer"),
            "/organizations/" + organization + "/plan");

    assertThat(seen.json().toString())
        .isEqualTo(
            "{\"plan\":\"free\",\"valid_until\":null,\"limits\":{\"events\":50,"
                + "\"participants_per_event\":500,\"messages_per_month\":500,"
                + "\"whatsapp_sessions\":1},\"use\":{\"events\":0}}");
  }

  @Test
  void limitsAreThoseOfFreeOnceThePlanHasEnded() {
    change(administrator, "{\"plan\": \"basic\", \"valid_until\": \"2026-03-02T09:00:00Z\"}");

    ORGANIZATIONS.time().advance(Duration.ofDays(1).minusNanos(1000));
    assertThat(events()).isEqualTo(200);
    ORGANIZATIONS.time().advance(Duration.ofNanos(1000));
    assertThat(events()).isEqualTo(50);
    assertThat(
            ORGANIZATIONS
                .get(owner, "/organizations/" + organization + "/plan")
                .json()
                .path("plan")
                .asText())
        .isEqualTo("basic");
  }

  @ParameterizedTest
  @CsvSource({
    "professional, basic, 200",
    "professional, free, 200",
    "professional, professional, 200",
    "professional, enterprise, 403",
    "free, basic, 403",
    "free, free, 200",
  })
  void ownerGoesDownOnly(String from, String to, int status) throws SQLException {
    assertThat(change(administrator, "{\"plan\": \"" + from + "\"}").status()).isEqualTo(200);

    assertThat(change(owner, "{\"plan\": \"" + to + "\"}").status()).isEqualTo(status);

    assertThat(ORGANIZATIONS.query("select plan from organizations where id = ?", organization))
        .containsExactly(status == 200 ? to : from);
  }

  @Test
  void ownerDoesNotComeRoundTheEndOfThePlan() {
    change(
        administrator, "{\"plan\": \"professional\", \"valid_until\": \"2026-03-02T09:00:00Z\"}");
    ORGANIZATIONS.time().advance(Duration.ofDays(2));

    Answer lowered = change(owner, "{\"plan\": \"basic\"}");
    Answer prolonged =
        change(owner, "{\"plan\": \"basic\", \"valid_until\": \"2030-01-01T00:00:00Z\"}");

    assertThat(lowered.json().path("valid_until").asText()).isEqualTo("2026-03-02T09:00:00Z");
    assertThat(lowered.json().at("/limits/events").asInt()).isEqualTo(50);
    assertThat(prolonged.status()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({"org_admin", "org_manager", "org_viewer"})
  void onlyOwnersChangeThePlan(String role) throws SQLException {
    Person member = ORGANIZATIONS.member(organization, role);

    assertThat(change(member, "{\"plan\": \"free\"}").status()).isEqualTo(403);
  }

  @Test
  void strangersPlanIsNotThere() throws SQLException {
    Person stranger = ORGANIZATIONS.owner();

    assertThat(change(stranger, "{\"plan\": \"free\"}").status()).isEqualTo(404);
  }

  @Test
  void changeOfPlanIsAudited() throws SQLException {
    change(administrator, "{\"plan\": \"basic\"}");

    assertThat(
            ORGANIZATIONS.query(
                """
                select actor_kind || ' ' || (before ->> 'plan') || ' ' || (after ->> 'plan')
                from audit_log
                where organization_id = ?
                  and action = 'organization.plan_changed'
                """,
                organization))
        .containsExactly("super_admin free basic");
  }

  @Test
  void stalePlanIsNotChanged() throws SQLException {
    ORGANIZATIONS.execute("update organizations set version = 7 where id = ?", organization);

    Answer stale =
        ORGANIZATIONS
            .call(owner, "PUT", "/organizations/" + organization + "/plan")
            .header("If-Match", "\"6\"")
            .json("{\"plan\": \"free\"}")
            .send();

    assertThat(stale.status()).isEqualTo(412);
  }

  private int events() {
    return ORGANIZATIONS
        .get(owner, "/organizations/" + organization + "/plan")
        .json()
        .at("/limits/events")
        .asInt();
  }

  private Answer change(Person person, String json) {
    return ORGANIZATIONS
        .call(person, "PUT", "/organizations/" + organization + "/plan")
        .header("If-Match", "*")
        .json(json)
        .send();
  }
}
