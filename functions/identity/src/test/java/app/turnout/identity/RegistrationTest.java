package app.turnout.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.turnout.platform.persistence.Database;
import app.turnout.testing.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrationTest {
  private static final String OTHER_PASSWORD = "somebody else's phrase";

  @RegisterExtension static final IdentityHarness IDENTITY = new IdentityHarness(Map.of());

  @Test
  void verifiedAccountLogsIn() throws SQLException {
    Answer registered = IDENTITY.register("ana@example.com", IdentityHarness.PASSWORD);
    Answer before = IDENTITY.logIn("ana@example.com", IdentityHarness.PASSWORD);
    Answer verified = IDENTITY.verify(IDENTITY.mailedToken("ana@example.com"));
    Answer after = IDENTITY.logIn("Ana@Example.com", IdentityHarness.PASSWORD);

    assertThat(registered.status()).isEqualTo(202);
    assertThat(registered.body()).isEqualTo("{}");
    assertThat(before.status()).isEqualTo(401);
    assertThat(verified.status()).isEqualTo(204);
    assertThat(after.status()).isEqualTo(200);
    JsonNode tokens = after.json();
    assertThat(tokens.path("token_type").asText()).isEqualTo("Bearer");
    assertThat(tokens.path("expires_in").asInt()).isEqualTo(900);
    assertThat(tokens.path("refresh_expires_in").asInt()).isEqualTo(604_800);
    assertThat(tokens.has("organization_id")).isTrue();
    assertThat(tokens.path("organization_id").isNull()).isTrue();
    assertThat(tokens.path("access_token").asText().split("\\.")).hasSize(3);
    assertThat(tokens.path("refresh_token").asText().split("\\.")).hasSize(2);
  }

  @Test
  void takenAddressAnswersAlike() throws SQLException {
    IDENTITY.account("taken@example.com");

    Answer fresh = IDENTITY.register("fresh@example.com", IdentityHarness.PASSWORD);
    Answer taken = IDENTITY.register(" TAKEN@example.com ", OTHER_PASSWORD);

    assertThat(taken.status()).isEqualTo(fresh.status()).isEqualTo(202);
    assertThat(taken.body()).isEqualTo(fresh.body());
    assertThat(taken.headers().keySet()).isEqualTo(fresh.headers().keySet());
    assertThat(IDENTITY.logIn("taken@example.com", OTHER_PASSWORD).status()).isEqualTo(401);
    assertThat(IDENTITY.logIn("taken@example.com", IdentityHarness.PASSWORD).status())
        .isEqualTo(200);
    assertThat(kindsMailedTo("taken@example.com"))
        .containsExactly("email_verification", "registration_attempted");
  }

  @Test
  void tokenMakesTheRegistrationOfItsOwnMailTheAccounts() throws SQLException {
    IDENTITY.register("twice@example.com", OTHER_PASSWORD);
    IDENTITY.register("twice@example.com", IdentityHarness.PASSWORD);
    List<String> tokens = IDENTITY.mailedTokens("twice@example.com");

    Answer second = IDENTITY.verify(tokens.get(1));
    Answer first = IDENTITY.verify(tokens.get(0));

    assertThat(second.status()).isEqualTo(204);
    assertThat(first.status()).isEqualTo(401);
    assertThat(
            IDENTITY.query(
                """
                select distinct v.password_hash
                from email_verifications v
                join users u on u.id = v.user_id
                where u.email = 'twice@example.com'
                """))
        .containsExactly("");
    assertThat(IDENTITY.logIn("twice@example.com", OTHER_PASSWORD).status()).isEqualTo(401);
    assertThat(IDENTITY.logIn("twice@example.com", IdentityHarness.PASSWORD).status())
        .isEqualTo(200);
  }

  @Test
  void secondClickFindsTheAddressVerified() throws SQLException {
    IDENTITY.register("click@example.com", IdentityHarness.PASSWORD);
    String token = IDENTITY.mailedToken("click@example.com");

    assertThat(IDENTITY.verify(token).status()).isEqualTo(204);
    assertThat(IDENTITY.verify(token).status()).isEqualTo(204);
  }

  @Test
  void expiredTokenVerifiesNothing() throws SQLException {
    IDENTITY.register("late@example.com", IdentityHarness.PASSWORD);
    String token = IDENTITY.mailedToken("late@example.com");

    IDENTITY.time().advance(Duration.ofHours(24));
    Answer verified = IDENTITY.verify(token);

    assertThat(verified.status()).isEqualTo(401);
    assertThat(verified.json().path("type").asText())
        .isEqualTo("urn:turnout:problem:invalid_token");
    assertThat(IDENTITY.logIn("late@example.com", IdentityHarness.PASSWORD).status())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({"x", "a.b", "AAAA.AAAA", "'..'"})
  void forgedTokenVerifiesNothing(String token) {
    assertThat(IDENTITY.verify(token).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "short, min_length",
    "1234567890, guessable",
    "aaaaaaaaaaaaaaaa, guessable",
    "Manchester2024!, guessable",
    "weak@example.com, guessable",
  })
  void easyPasswordIsRefused(String password, String rule) throws SQLException {
    Answer answer = IDENTITY.register("weak@example.com", password);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().path("errors").path(0).path("field").asText()).isEqualTo("password");
    assertThat(answer.json().path("errors").path(0).path("rule").asText()).isEqualTo(rule);
    assertThat(kindsMailedTo("weak@example.com")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"email\": \"no address\", \"password\": \"a quite unusual phrase\", \"name\": \"A\"}',"
        + " email",
    "'{\"email\": \"josé@example.com\", \"password\": \"a quite unusual phrase\", \"name\":"
        + " \"A\"}', email",
    "'{\"email\": \"a@example.com\", \"password\": \"a quite unusual phrase\", \"name\": \" \"}',"
        + " name",
    "'{\"email\": \"a@example.com\", \"password\": \"a quite unusual phrase\"}', name",
    "'{\"email\": null, \"password\": \"a quite unusual phrase\", \"name\": \"A\"}', email",
    "'{\"email\": \"a@example.com\", \"password\": 1, \"name\": \"A\"}', password",
    "'{\"email\": \"a@example.com\", \"password\": \"a quite unusual phrase\", \"name\": \"A\","
        + " \"locale\": \"xx\"}', locale",
    "'{\"email\": \"a@example.com\", \"password\": \"a quite unusual phrase\", \"name\": \"A\","
        + " \"role\": \"x\"}', role",
  })
  void badRequestNamesItsField(String json, String field) {
    Answer answer = IDENTITY.post("register", json);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().path("errors").findValuesAsText("field")).contains(field);
  }

  @Test
  void outboxHoldsIdsOnly() throws SQLException {
    IDENTITY.register("ids@example.com", IdentityHarness.PASSWORD);
    String token = IDENTITY.mailedToken("ids@example.com");

    String dump =
        String.join(
            "\n",
            IDENTITY.query(
                "select row_to_json(m)::text from outbox_messages m"
                    + " union all select row_to_json(u)::text from users u"
                    + " union all select row_to_json(v)::text from email_verifications v"));
    assertThat(dump).doesNotContain(token, IdentityHarness.PASSWORD);
    assertThat(
            IDENTITY.query("select payload::text from outbox_messages where payload::text ~ '@'"))
        .isEmpty();
  }

  @Test
  void databaseErrorsQuoteNobodysData() throws SQLException {
    IDENTITY.register("quoted@example.com", IdentityHarness.PASSWORD);
    Database database = IDENTITY.bean(Database.class);

    assertThatThrownBy(
            () ->
                database.run(
                    () ->
                        database
                            .handle()
                            .createUpdate(
                                """
                                update users
                                set phone = 'none'
                                where email = :email
                                """)
                            .bind("email", "quoted@example.com")
                            .execute()))
        .satisfies(
            failure -> {
              StringWriter trace = new StringWriter();
              failure.printStackTrace(new PrintWriter(trace));
              assertThat(trace.toString())
                  .contains("users_phone")
                  .doesNotContain("quoted@example.com");
            });
  }

  private static List<String> kindsMailedTo(String email) throws SQLException {
    return IDENTITY.query(
        """
        select m.kind
        from outbox_messages m
        join users u on m.ordering_key = 'user:' || u.id
        where lower(u.email) = ?
        order by m.position
        """,
        email);
  }
}
