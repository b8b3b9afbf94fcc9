package app.turnout.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.testing.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/// A person is erased: nothing of them stays in any column of any table, and all of the other does.
@Isolated
class PersonErasureTest {
  @RegisterExtension static final RunningTurnout TURNOUT = new RunningTurnout();

  @Test
  void nothingOfThePersonStaysAndNothingOfTheOtherGoes() throws SQLException {
    Organiser organiser = Organiser.ready(TURNOUT.client(), "forgetting");
    String event = organiser.event(52.67, -8.57);
    furnish(organiser, event, "Zebulon Quirke", "zebulon.quirke@example.com");
    furnish(organiser, event, "Araminta Vex", "araminta.vex@example.com");
    Map<String, Long> others = traces("araminta");
    assertThat(others.keySet())
        .contains("participants", "roster_members", "audit_log", "idempotency_keys");
    assertThat(traces("zebulon").keySet()).isEqualTo(others.keySet());
    long positions = count("select count(*) from pings");

    Answer asked =
        organiser.post("/api/v1/person-erasures", "{\"email\": \"Zebulon.Quirke@example.com\"}");

    assertThat(asked.status()).isEqualTo(202);
    String receipt = "/api/v1/person-erasures/" + asked.json().path("id").asText();
    Client.await(
        () -> organiser.get(receipt).json().path("status").asText().equals("completed"),
        "the receipt",
        Duration.ofMinutes(2));
    assertThat(traces("zebulon")).isEmpty();
    assertThat(traces("quirke")).isEmpty();
    assertThat(traces("araminta")).isEqualTo(others);
    assertThat(count("select count(*) from pings")).isEqualTo(positions - 1);
    JsonNode areas = organiser.get(receipt).json().path("areas");
    assertThat(areas.findValuesAsText("area"))
        .containsExactlyInAnyOrder("participants", "locations");
    assertThat(areas.findValuesAsText("pings")).containsExactly("1");
    assertThat(organiser.get(receipt).body()).doesNotContainIgnoringCase("zebulon");
  }

  /// Somebody on a date and on the roster, who was changed, has answered, and was located.
  private static void furnish(Organiser organiser, String event, String name, String email) {
    Answer added =
        TURNOUT
            .client()
            .send(
                "POST",
                "/api/v1/events/" + event + "/participants",
                organiser.authorization(),
                """
                {"name": "%s", "email": "%s", "note": "%s sings", "tags": ["%s"]}\
                """
                    .formatted(name, email, name, name)
                    .getBytes(StandardCharsets.UTF_8),
                Map.of("Idempotency-Key", "added-" + name.hashCode()));
    assertThat(added.status()).isEqualTo(201);
    Organiser.Participant participant =
        new Organiser.Participant(
            added.json().path("id").asText(), added.json().at("/link/token").asText());
    String path = "/api/v1/participants/" + participant.id();
    TURNOUT.client().post(path + "/consent", participant.authorization(), "{\"granted\": true}");
    assertThat(
            TURNOUT
                .client()
                .post(
                    path + "/locations",
                    participant.authorization(),
                    """
                    {"locations": [{"latitude": 52.67, "longitude": -8.57, "recorded_at": "%s"}]}\
                    """
                        .formatted(Instant.now().minusSeconds(30).truncatedTo(ChronoUnit.SECONDS)))
                .status())
        .isEqualTo(202);
    Client.await(() -> organiser.get(path + "/locations/latest").status() == 200, "the position");
    organiser.post(path + "/links", "");
    assertThat(
            organiser
                .post(
                    "/api/v1/events/" + event + "/roster",
                    """
                    {"name": "%s", "email": "%s"}\
                    """
                        .formatted(name, email))
                .status())
        .isEqualTo(201);
    Client.await(
        () ->
            organiser
                    .get("/api/v1/events/" + event + "/participants?q=" + email)
                    .json()
                    .path("data")
                    .size()
                == 2,
        "the roster's row");
  }

  /// How many rows each table has with a text in any of its columns; without those that have none.
  private static Map<String, Long> traces(String text) throws SQLException {
    Map<String, Long> traces = new TreeMap<>();
    try (Connection connection = TURNOUT.runner().superuser().getConnection();
        Statement statement = connection.createStatement();
        ResultSet tables =
            statement.executeQuery(
                """
                select relname
                from pg_class
                where relnamespace = 'public'::regnamespace
                  and relkind in ('r', 'p')
                  and not relispartition
                """)) {
      while (tables.next()) {
        String table = tables.getString(1);
        try (PreparedStatement query =
            connection.prepareStatement(
                "select count(*) from %s t where position(? in lower(t::text)) > 0"
                    .formatted(table))) {
          query.setString(1, text);
          try (ResultSet found = query.executeQuery()) {
            found.next();
            if (found.getLong(1) > 0) {
              traces.put(table, found.getLong(1));
            }
          }
        }
      }
    }
    return traces;
  }

  private static long count(String query) throws SQLException {
    try (Connection connection = TURNOUT.runner().superuser().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
