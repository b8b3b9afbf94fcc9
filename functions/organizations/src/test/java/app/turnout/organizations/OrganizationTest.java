package app.turnout.organizations;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.organizations.OrganizationsHarness.Person;
import app.turnout.testing.ApiClient.Answer;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrganizationTest {
  @RegisterExtension static final OrganizationsHarness ORGANIZATIONS = new OrganizationsHarness();

  private static final String WHOLE =
      """
      {"name": " Universidade ", "type": "school",
       "settings": {"country": "PT", "locale": "pt", "time_zone": "Europe/Lisbon"}}
      """;

  private Person owner;
  private UUID organization;

  @BeforeEach
  void found() throws SQLException {
    owner = ORGANIZATIONS.owner();
    organization = owner.organization();
  }

  @Test
  void foundedOneHasSettings() throws SQLException {
    Person founder = ORGANIZATIONS.account("ana");

    Answer plain =
        ORGANIZATIONS.post(founder, "/organizations", "{\"name\": \"A\", \"type\": \"event\"}");
    Answer whole = ORGANIZATIONS.post(founder, "/organizations", WHOLE);

    assertThat(plain.status()).isEqualTo(201);
    assertThat(plain.json().path("settings").toString())
        .isEqualTo("{\"country\":null,\"locale\":\"en\",\"time_zone\":\"UTC\"}");
    assertThat(whole.json().at("/settings/time_zone").asText()).isEqualTo("Europe/Lisbon");
    assertThat(ORGANIZATIONS.audited(UUID.fromString(whole.json().path("id").asText())))
        .containsExactly("organization.founded");
  }

  @Test
  void putReplacesAndIsAudited() throws SQLException {
    Answer changed = put(owner, "\"1\"", WHOLE);

    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.header("ETag")).isEqualTo("\"2\"");
    assertThat(changed.json().path("name").asText()).isEqualTo("Universidade");
    assertThat(changed.json().path("type").asText()).isEqualTo("school");
    assertThat(changed.json().at("/settings/country").asText()).isEqualTo("PT");
    assertThat(ORGANIZATIONS.get(owner, "/organizations/" + organization).json())
        .isEqualTo(changed.json());
    assertThat(
            ORGANIZATIONS.query(
                """
                select (before ->> 'name') || ' ' || (after ->> 'name') || ' ' || actor_id
                from audit_log
                where organization_id = ?
                """,
                organization))
        .containsExactly("Ours Universidade " + owner.id());
  }

  @Test
  void patchChangesWhatItNames() {
    put(owner, "\"1\"", WHOLE);

    Answer named = patch(owner, "\"2\"", "{\"name\": \"UL\"}");
    Answer moved = patch(owner, "\"3\"", "{\"settings\": {\"country\": null}}");

    assertThat(named.json().path("name").asText()).isEqualTo("UL");
    assertThat(named.json().at("/settings/country").asText()).isEqualTo("PT");
    assertThat(moved.status()).isEqualTo(200);
    assertThat(moved.header("ETag")).isEqualTo("\"4\"");
    assertThat(moved.json().path("settings").toString())
        .isEqualTo("{\"country\":null,\"locale\":\"pt\",\"time_zone\":\"Europe/Lisbon\"}");
  }

  @Test
  void patchMayBePlainJson() {
    Answer answer =
        ORGANIZATIONS
            .call(owner, "PATCH", "/organizations/" + organization)
            .header("If-Match", "*")
            .json("{\"type\": \"enterprise\"}")
            .send();

    assertThat(answer.json().path("type").asText()).isEqualTo("enterprise");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\": null}|name",
        "{\"name\": \" \"}|name",
        "{\"type\": \"club\"}|type",
        "{\"plan\": \"enterprise\"}|plan",
        "{\"plan\": null}|plan",
        "{\"settings\": null}|settings",
        "{\"settings\": {\"country\": \"XX\"}}|settings.country",
        "{\"settings\": {\"country\": \"pt\"}}|settings.country",
        "{\"settings\": {\"locale\": \"de\"}}|settings.locale",
        "{\"settings\": {\"time_zone\": \"Lisbon\"}}|settings.time_zone",
        "{\"settings\": {\"time_zone\": \"+01:00\"}}|settings.time_zone",
        "{\"settings\": {\"colour\": \"red\"}}|settings.colour",
      })
  void patchOfNoUseNamesItsField(String patch, String field) throws SQLException {
    Answer answer = patch(owner, "*", patch);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo(field);
    assertThat(ORGANIZATIONS.audited(organization)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "5", "{", ""})
  void patchThatIsNoObjectIsMalformed(String patch) {
    assertThat(patch(owner, "*", patch).status()).isEqualTo(400);
  }

  @Test
  void staleChangeIsRefused() {
    assertThat(put(owner, "\"1\"", WHOLE).status()).isEqualTo(200);

    assertThat(put(owner, "\"1\"", WHOLE).status()).isEqualTo(412);
    assertThat(patch(owner, "\"1\"", "{}").status()).isEqualTo(412);
    assertThat(
            ORGANIZATIONS
                .call(owner, "PUT", "/organizations/" + organization)
                .json(WHOLE)
                .send()
                .status())
        .isEqualTo(428);
  }

  @Test
  void oneOfManyWhoSawTheSameVersionChangesIt() throws Exception {
    Callable<Answer> change = () -> put(owner, "\"1\"", WHOLE);

    List<Answer> answers = OrganizationsHarness.atOnce(Collections.nCopies(8, change));

    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
    assertThat(answers).filteredOn(answer -> answer.status() == 412).hasSize(7);
  }

  @ParameterizedTest
  @CsvSource({
    "org_owner, 200",
    "org_admin, 200",
    "org_manager, 403",
    "org_operator, 403",
    "org_viewer, 403"
  })
  void settingsAreForWhoManages(String role, int status) throws SQLException {
    Person member = ORGANIZATIONS.member(organization, role);

    assertThat(put(member, "*", WHOLE).status()).isEqualTo(status);
  }

  @Test
  void otherTenantsOrganizationIsNotThere() throws SQLException {
    Person stranger = ORGANIZATIONS.owner();
    Person both = ORGANIZATIONS.member(organization, "org_owner");

    assertThat(put(stranger, "*", WHOLE).status()).isEqualTo(404);
    assertThat(put(both.in(stranger.organization()), "*", WHOLE).status()).isEqualTo(403);
    assertThat(
            ORGANIZATIONS
                .get(stranger, "/organizations/" + organization + "/plan")
                .json()
                .path("detail"))
        .isEqualTo(
            ORGANIZATIONS
                .get(stranger, "/organizations/" + UUID.randomUUID() + "/plan")
                .json()
                .path("detail"));
  }

  @Test
  void administratorOfThePlatformLooksAndIsWatched() throws SQLException {
    Person administrator = ORGANIZATIONS.superAdmin();

    Answer seen = ORGANIZATIONS.get(administrator, "/organizations/" + organization);

    assertThat(seen.status()).isEqualTo(200);
    assertThat(seen.header("ETag")).isEqualTo("\"1\"");
    assertThat(seen.json().path("role").asText()).isEqualTo("super_admin");
    assertThat(
            ORGANIZATIONS.query(
                "select actor_kind || ' ' || action from audit_log where organization_id = ?",
                organization))
        .containsExactly("super_admin super_admin.acted");
    assertThat(ORGANIZATIONS.get(administrator, "/organizations").json().path("data")).isEmpty();
  }

  private Answer put(Person person, String ifMatch, String json) {
    return ORGANIZATIONS
        .call(person, "PUT", "/organizations/" + organization)
        .header("If-Match", ifMatch)
        .json(json)
        .send();
  }

  private Answer patch(Person person, String ifMatch, String json) {
    return ORGANIZATIONS
        .call(person, "PATCH", "/organizations/" + organization)
        .header("If-Match", ifMatch)
        .header("Content-Type", "application/merge-patch+json")
        .rawBody(json, false)
        .send();
  }
}
