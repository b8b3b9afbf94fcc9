package app.turnout.identity;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.testing.ApiClient;
import app.turnout.testing.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileTest {
  private static final String ANA =
      "{\"name\": \" Ana Lima \", \"locale\": \"ru\", \"phone\": \"+5511987654321\"}";

  @RegisterExtension static final IdentityHarness IDENTITY = new IdentityHarness(Map.of());

  private static int count;

  private final String email = "profile" + ++count + "@example.com";

  @Test
  void ownerReadsWhatWasRegistered() throws SQLException {
    String token = access(IDENTITY.account(email));

    Answer profile = IDENTITY.profile(token);

    assertThat(profile.status()).isEqualTo(200);
    assertThat(profile.header("ETag")).isNotNull();
    JsonNode json = profile.json();
    assertThat(json.path("id").asText()).isEqualTo(IDENTITY.userId(email).toString());
    assertThat(json.path("email").asText()).isEqualTo(email);
    assertThat(json.path("name").asText()).isEqualTo("Ana");
    assertThat(json.path("locale").asText()).isEqualTo("pt");
    assertThat(json.path("phone").isNull()).isTrue();
    assertThat(json.path("has_password").asBoolean()).isTrue();
    assertThat(json.has("password_hash")).isFalse();
  }

  @Test
  void ownerSetsNameLanguageAndPhone() throws SQLException {
    String token = access(IDENTITY.account(email));
    String tag = IDENTITY.profile(token).header("ETag");

    Answer replaced = replace(token, tag, ANA);
    Answer read = IDENTITY.profile(token);
    IDENTITY.time().advance(Duration.ofSeconds(1));
    Answer cleared = replace(token, read.header("ETag"), "{\"name\": \"Ana\", \"locale\": \"en\"}");

    assertThat(replaced.status()).isEqualTo(200);
    assertThat(replaced.json().path("name").asText()).isEqualTo("Ana Lima");
    assertThat(replaced.json().path("phone").asText()).isEqualTo("+5511987654321");
    assertThat(read.body()).isEqualTo(replaced.body());
    assertThat(read.header("ETag")).isEqualTo(replaced.header("ETag")).isNotEqualTo(tag);
    assertThat(cleared.json().path("phone").isNull()).isTrue();
    assertThat(IDENTITY.audited(IDENTITY.userId(email)))
        .containsExactly("profile.updated", "profile.updated");
    assertThat(
            IDENTITY.query(
                "select before ->> 'name' || ' ' || (after ->> 'name') from audit_log"
                    + " where subject_id = ? order by id limit 1",
                IDENTITY.userId(email)))
        .containsExactly("Ana Ana Lima");
  }

  @Test
  void staleOrMissingVersionChangesNothing() throws SQLException {
    String token = access(IDENTITY.account(email));
    String tag = IDENTITY.profile(token).header("ETag");
    replace(token, tag, ANA);

    assertThat(replace(token, tag, ANA).status()).isEqualTo(412);
    assertThat(replace(token, null, ANA).status()).isEqualTo(428);
    assertThat(replace(token, "nonsense", ANA).status()).isEqualTo(400);
  }

  @Test
  void ofTwoUpdatesAtOnceOneIsStale() throws Exception {
    String token = access(IDENTITY.account(email));
    String tag = IDENTITY.profile(token).header("ETag");

    List<Answer> answers = IDENTITY.atOnce(6, () -> replace(token, tag, ANA));

    assertThat(answers).extracting(Answer::status).filteredOn(status -> status == 200).hasSize(1);
    assertThat(answers).extracting(Answer::status).filteredOn(status -> status == 412).hasSize(5);
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"name\": \" \", \"locale\": \"en\"}', name",
    "'{\"name\": \"A\"}', locale",
    "'{\"name\": \"A\", \"locale\": \"de\"}', locale",
    "'{\"name\": \"A\", \"locale\": \"en\", \"phone\": \"0171 1234567\"}', phone",
    "'{\"name\": \"A\", \"locale\": \"en\", \"email\": \"b@example.com\"}', email",
    "'{\"name\": \"A\", \"locale\": \"en\", \"super_admin_since\": null}', super_admin_since",
  })
  void badFieldIsNamed(String json, String field) throws SQLException {
    String token = access(IDENTITY.account(email));

    Answer answer = replace(token, "*", json);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().path("errors").findValuesAsText("field")).contains(field);
  }

  @Test
  void profileNeedsAnAccessToken() {
    assertThat(IDENTITY.api().get("/api/v1/users/profile").send().status()).isEqualTo(401);
  }

  private static Answer replace(String token, @Nullable String tag, String json) {
    ApiClient.Call call =
        IDENTITY.api().call("PUT", "/api/v1/users/profile").bearer(token).json(json);
    return (tag == null ? call : call.header("If-Match", tag)).send();
  }

  private static String access(JsonNode tokens) {
    return tokens.path("access_token").asText();
  }
}
