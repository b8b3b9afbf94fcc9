package app.turnout.identity;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.testing.ApiClient.Answer;
import app.turnout.testing.SettableTime;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeactivationTest {
  private static final String NEW_PASSWORD = "another quiet tram stop";

  @RegisterExtension static final IdentityHarness IDENTITY = new IdentityHarness(Map.of());

  private static int count;

  private final String email = "leaver" + ++count + "@example.com";

  @AfterEach
  void resetTime() {
    IDENTITY.time().set(SettableTime.START);
  }

  @Test
  void whoLeftIsOutEverywhere() throws SQLException {
    JsonNode phone = IDENTITY.account(email);
    JsonNode laptop = IDENTITY.logIn(email, IdentityHarness.PASSWORD).json();

    Answer deactivated = deactivate(phone);

    assertThat(deactivated.status()).isEqualTo(204);
    for (JsonNode session : List.of(phone, laptop)) {
      assertThat(IDENTITY.profile(access(session)).status()).isEqualTo(401);
      assertThat(IDENTITY.refresh(session.path("refresh_token").asText()).status()).isEqualTo(401);
    }
    assertThat(deactivate(laptop).status()).isEqualTo(401);
    assertThat(IDENTITY.kindsMailedTo(IDENTITY.userId(email)))
        .containsExactly("email_verification", "account_deactivated");
    assertThat(IDENTITY.audited(IDENTITY.userId(email))).containsExactly("account.deactivated");
  }

  @Test
  void loginAnswersAsToAnybodyWhoIsRefused() throws SQLException {
    deactivate(IDENTITY.account(email));

    Answer left = IDENTITY.logIn(email, IdentityHarness.PASSWORD);
    Answer wrong = IDENTITY.logIn("nobody-" + email, IdentityHarness.PASSWORD);

    assertThat(left.status()).isEqualTo(wrong.status()).isEqualTo(401);
    assertThat(left.json().path("type")).isEqualTo(wrong.json().path("type"));
    assertThat(left.json().path("detail")).isEqualTo(wrong.json().path("detail"));
  }

  @Test
  void resetWithinThirtyDaysGivesTheAccountBack() throws SQLException {
    JsonNode session = IDENTITY.account(email);
    UUID organization = organization("Kept", IDENTITY.userId(email), "org_viewer");
    deactivate(session);

    IDENTITY.time().advance(Duration.ofDays(30).minusSeconds(1));
    IDENTITY.forgot(email);
    Answer reset = IDENTITY.reset(IDENTITY.resetTokens(email).getLast(), NEW_PASSWORD);
    Answer loggedIn = IDENTITY.logIn(email, NEW_PASSWORD);

    assertThat(reset.status()).isEqualTo(204);
    assertThat(loggedIn.status()).isEqualTo(200);
    assertThat(loggedIn.json().path("organization_id").asText()).isEqualTo(organization.toString());
    assertThat(IDENTITY.profile(access(session)).status()).isEqualTo(401);
    assertThat(IDENTITY.audited(IDENTITY.userId(email)))
        .containsExactlyInAnyOrder("account.deactivated", "account.reactivated", "password.reset");
  }

  @Test
  void laterNothingGivesItBack() throws SQLException {
    deactivate(IDENTITY.account(email));

    IDENTITY.time().advance(Duration.ofDays(30));
    Answer asked = IDENTITY.forgot(email);
    Answer reset = IDENTITY.reset(IDENTITY.resetTokens(email).getLast(), NEW_PASSWORD);

    assertThat(asked.status()).isEqualTo(202);
    assertThat(reset.status()).isEqualTo(401);
    assertThat(IDENTITY.logIn(email, NEW_PASSWORD).status()).isEqualTo(401);
  }

  @Test
  void tokensThatWereMailedBeforeAreVoid() throws SQLException {
    JsonNode session = IDENTITY.account(email);
    IDENTITY.forgot(email);
    String token = IDENTITY.resetTokens(email).getLast();

    deactivate(session);

    assertThat(IDENTITY.reset(token, NEW_PASSWORD).status()).isEqualTo(401);
  }

  @Test
  void wrongPasswordKeepsTheAccount() throws SQLException {
    JsonNode session = IDENTITY.account(email);

    Answer answer = deactivate(session, "not the password");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo("current_password");
    assertThat(IDENTITY.profile(access(session)).status()).isEqualTo(200);
  }

  @Test
  void lastOwnerStays() throws SQLException {
    JsonNode session = IDENTITY.account(email);
    UUID owner = IDENTITY.userId(email);
    organization("Choir", owner, "org_owner");
    UUID shared = organization("Band", owner, "org_owner");
    organization("Elsewhere", owner, "org_admin");
    IDENTITY.account("second-" + email);
    join(shared, IDENTITY.userId("second-" + email), "org_owner");

    Answer refused = deactivate(session);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("type").asText()).isEqualTo("urn:turnout:problem:last_owner");
    assertThat(refused.json().path("detail").asText())
        .contains("Choir")
        .doesNotContain("Band", "Elsewhere");
    assertThat(IDENTITY.profile(access(session)).status()).isEqualTo(200);
  }

  @Test
  void ownerWhoLeftCountsForNothing() throws SQLException {
    JsonNode first = IDENTITY.account(email);
    JsonNode second = IDENTITY.account("second-" + email);
    UUID band = organization("Band", IDENTITY.userId(email), "org_owner");
    join(band, IDENTITY.userId("second-" + email), "org_owner");

    assertThat(deactivate(first).status()).isEqualTo(204);
    assertThat(deactivate(second).status()).isEqualTo(409);
  }

  @Test
  void ofTheOwnersWhoLeaveAtOnceOneStays() throws Exception {
    List<JsonNode> owners = new ArrayList<>();
    UUID band = null;
    for (int i = 0; i < 4; i++) {
      String owner = i + "-" + email;
      owners.add(IDENTITY.account(owner));
      if (band == null) {
        band = organization("Band", IDENTITY.userId(owner), "org_owner");
      } else {
        join(band, IDENTITY.userId(owner), "org_owner");
      }
    }
    AtomicInteger turn = new AtomicInteger();

    List<Answer> answers = IDENTITY.atOnce(4, () -> deactivate(owners.get(turn.getAndIncrement())));

    assertThat(answers).extracting(Answer::status).filteredOn(status -> status == 204).hasSize(3);
    assertThat(answers).extracting(Answer::status).filteredOn(status -> status == 409).hasSize(1);
  }

  /// Somebody who changes the members has locked the organization, and not committed yet.
  @Test
  void ownerWhoIsRemovedMeanwhileCountsForNothing() throws Exception {
    JsonNode session = IDENTITY.account(email);
    IDENTITY.account("second-" + email);
    UUID band = organization("Band", IDENTITY.userId(email), "org_owner");
    join(band, IDENTITY.userId("second-" + email), "org_owner");

    CompletableFuture<Answer> leaving;
    try (Connection other = IDENTITY.owner().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("select id from organizations where id = '" + band + "' for no key update");
      statement.execute(
          "delete from members where user_id = '" + IDENTITY.userId("second-" + email) + "'");
      leaving = CompletableFuture.supplyAsync(() -> deactivate(session));
      IDENTITY.awaitWaitingForLock();
      other.commit();
    }

    assertThat(leaving.get().status()).isEqualTo(409);
    assertThat(IDENTITY.profile(access(session)).status()).isEqualTo(200);
  }

  @Test
  void loginsAndDeactivationAtOnceLeaveNothingOpen() throws Exception {
    JsonNode session = IDENTITY.account(email);
    AtomicInteger turn = new AtomicInteger();

    IDENTITY.atOnce(
        8,
        () ->
            turn.getAndIncrement() == 3
                ? deactivate(session)
                : IDENTITY.logIn(email, IdentityHarness.PASSWORD));

    assertThat(
            IDENTITY.query(
                "select id from sessions where user_id = ? and revoked_at is null",
                IDENTITY.userId(email)))
        .isEmpty();
  }

  private static UUID organization(String name, UUID member, String role) throws SQLException {
    UUID organization = UUID.randomUUID();
    IDENTITY.execute(
        """
        insert into organizations (id, name, type, plan, created_at, updated_at, version)
        values (?, ?, 'event', 'free', now(), now(), 1)
        """,
        organization,
        name);
    join(organization, member, role);
    return organization;
  }

  private static void join(UUID organization, UUID member, String role) throws SQLException {
    IDENTITY.execute(
        """
        insert into members (organization_id, user_id, role, created_at)
        values (?, ?, ?, now())
        """,
        organization,
        member,
        role);
  }

  private static Answer deactivate(JsonNode session) {
    return deactivate(session, IdentityHarness.PASSWORD);
  }

  private static Answer deactivate(JsonNode session, String password) {
    return IDENTITY
        .api()
        .post("/api/v1/users/profile/deactivate")
        .bearer(access(session))
        .json("{\"current_password\": \"" + password + "\"}")
        .send();
  }

  private static String access(JsonNode tokens) {
    return tokens.path("access_token").asText();
  }
}
