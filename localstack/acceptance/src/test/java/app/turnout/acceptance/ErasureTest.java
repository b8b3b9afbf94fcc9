package app.turnout.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.testing.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// An organization is deleted: nothing of it stays, and nothing of others goes.
class ErasureTest {
  @RegisterExtension static final RunningTurnout TURNOUT = new RunningTurnout();

  @Test
  void nothingOfTheOrganizationStaysAndNothingOfOthersGoes() throws SQLException {
    Organiser leaving = Organiser.ready(TURNOUT.client(), "leaving");
    Organiser staying = Organiser.ready(TURNOUT.client(), "staying");
    Organiser.Participant gone = furnish(leaving);
    furnish(staying);
    Map<String, Long> before = rows(staying.organization());
    assertThat(rows(leaving.organization()).keySet()).isEqualTo(before.keySet());

    Answer closing =
        TURNOUT
            .client()
            .send(
                "DELETE",
                "/api/v1/organizations/" + leaving.organization(),
                leaving.authorization(),
                null,
                Map.of("If-Match", "*"));
    assertThat(closing.status()).isEqualTo(202);
    assertThat(ping(gone).status()).isEqualTo(401);
    String receipt = "/api/v1/erasures/" + closing.json().path("erasure_id").asText();
    clean();
    assertThat(leaving.get(receipt).json().path("status").asText()).isEqualTo("waiting");

    execute(
        "update erasures set due_at = due_at - interval '31 days' where subject_id = '%s'"
            .formatted(leaving.organization()));
    clean();
    clean();

    Client.await(
        () -> leaving.get(receipt).json().path("status").asText().equals("completed"),
        "the receipt",
        Duration.ofMinutes(3));
    assertThat(rows(leaving.organization())).isEmpty();
    assertThat(rows(staying.organization())).isEqualTo(before);
    JsonNode areas = leaving.get(receipt).json().path("areas");
    assertThat(areas.findValuesAsText("area"))
        .containsExactly("locations", "participants", "events", "organizations");
    assertThat(areas.at("/0/rows/pings").asInt()).isEqualTo(1);
    assertThat(areas.at("/1/rows/participants").asInt()).isEqualTo(1);
    assertThat(areas.at("/2/rows/events").asInt()).isEqualTo(1);
    assertThat(areas.at("/3/rows/members").asInt()).isEqualTo(1);
    TURNOUT.client().mailTo(leaving.email(), closing.json().path("erasure_id").asText());
    assertThat(leaving.get("/api/v1/organizations").json().path("data")).isEmpty();
    assertThat(leaving.get("/api/v1/events").status()).isEqualTo(403);
  }

  /// An organization with a venue, an event, a participant, a position and an arrival.
  private static Organiser.Participant furnish(Organiser organiser) throws SQLException {
    organiser.post(
        "/api/v1/areas",
        """
        {"name": "Hall", "position": {"latitude": 52.67, "longitude": -8.57}}\
        """);
    assertThat(
            organiser
                .post(
                    "/api/v1/organizations/" + organiser.organization() + "/invitations",
                    "{\"email\": \"guest@example.com\", \"role\": \"org_viewer\"}")
                .status())
        .isEqualTo(201);
    String event = organiser.event(52.67, -8.57);
    Organiser.Participant participant = organiser.participant(event);
    bringGuestList(organiser, event);
    assertThat(ping(participant).status()).isEqualTo(202);
    Client.await(
        () ->
            organiser.get("/api/v1/participants/" + participant.id() + "/locations/latest").status()
                == 200,
        "the position");
    execute("select summarize_pings(date_trunc('hour', now()) - interval '2 hours', now())");
    return participant;
  }

  /// A file that is not worked off.
  private static void bringGuestList(Organiser organiser, String event) {
    String imports = "/api/v1/events/" + event + "/participants/imports";
    String id = organiser.post(imports, "{}").json().path("id").asText();
    assertThat(
            TURNOUT
                .client()
                .send(
                    "PUT",
                    imports + "/" + id + "/parts/1",
                    organiser.authorization(),
                    "name\nBrendan\n".getBytes(StandardCharsets.UTF_8),
                    Map.of("Content-Type", "application/octet-stream"))
                .status())
        .isEqualTo(200);
  }

  private static Answer ping(Organiser.Participant participant) {
    return TURNOUT
        .client()
        .post(
            "/api/v1/participants/" + participant.id() + "/locations",
            participant.authorization(),
            """
            {"locations": [{"latitude": 52.67, "longitude": -8.57, "recorded_at": "%s"}]}\
            """
                .formatted(Instant.now().minusSeconds(30).truncatedTo(ChronoUnit.SECONDS)));
  }

  private static void clean() {
    TURNOUT.runner().invoke("CleanupFunction", "{}");
  }

  /// How many rows each table has that names an organization, of this one; without those that have
  /// none.
  private static Map<String, Long> rows(String organization) throws SQLException {
    Map<String, Long> rows = new TreeMap<>();
    try (Connection connection = TURNOUT.runner().superuser().getConnection();
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet names =
          statement.executeQuery(
              """
              select c.relname
              from pg_class c
              join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
              where c.relkind in ('r', 'p')
                and c.relnamespace = 'public'::regnamespace
                and not c.relispartition
                -- A session says where it acts; it is the user's, and forgets at the next refresh.
                and c.relname <> 'sessions'
              """)) {
        while (names.next()) {
          tables.add(names.getString(1));
        }
      }
      assertThat(tables).contains("pings", "participants", "events", "members", "audit_log");
      for (String table : tables) {
        try (ResultSet count =
            statement.executeQuery(
                "select count(*) from %s where organization_id = '%s'"
                    .formatted(table, organization))) {
          count.next();
          if (count.getLong(1) > 0) {
            rows.put(table, count.getLong(1));
          }
        }
      }
      try (ResultSet count =
          statement.executeQuery(
              "select count(*) from organizations where id = '%s'".formatted(organization))) {
        count.next();
        if (count.getLong(1) > 0) {
          rows.put("organizations", 1L);
        }
      }
    }
    return rows;
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = TURNOUT.runner().superuser().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
