package app.turnout.participants;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.participants.ParticipantsHarness.Person;
import app.turnout.testing.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringReader;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Guest lists as CSV, read by somebody else's reader.
class ExportTest {
  @RegisterExtension static final ParticipantsHarness TURNOUT = new ParticipantsHarness();

  private static final Pattern NEXT = Pattern.compile("</api/v1([^>]+)>; rel=\"next\"");

  private Person owner;
  private UUID event;

  @BeforeEach
  void plan() throws SQLException {
    owner = TURNOUT.owner();
    event = TURNOUT.event(owner.organization());
  }

  @Test
  void everyColumnIsThereInItsPlace() throws IOException {
    JsonNode added =
        TURNOUT.participant(
            owner,
            event,
            """
            {"name": "Ana \\"the\\" first, of many", "phone": "+353871234567",
             "email": "ana@example.com", "locale": "pt", "note": "two\\nlines",
             "tags": ["vip", "a;b", "c\\"d"], "travel_mode": "bicycle"}
            """);

    Answer answer = export("");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("text/csv;charset=utf-8");
    assertThat(answer.header("Content-Disposition")).startsWith("attachment; filename=");
    assertThat(answer.header("Link")).isNull();
    assertThat(answer.body())
        .startsWith(
            "name,phone,email,locale,tags,note,status,checked_in_at,consent,created_at,id,"
                + "travel_mode\r\n");
    CSVRecord row = rows(answer.body()).getFirst();
    assertThat(row.toMap())
        .containsEntry("name", "Ana \"the\" first, of many")
        .containsEntry("phone", "+353871234567")
        .containsEntry("email", "ana@example.com")
        .containsEntry("locale", "pt")
        .containsEntry("tags", "vip;\"a;b\";\"c\"\"d\"")
        .containsEntry("note", "two\nlines")
        .containsEntry("status", "pending")
        .containsEntry("checked_in_at", "")
        .containsEntry("consent", "false")
        .containsEntry("id", added.path("id").asText())
        .containsEntry("travel_mode", "bicycle");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=HYPERLINK(1)",
        "+1+cmd",
        "-2",
        "@SUM(A1)",
        "'=x",
        "=\\\"a\\\",b",
      })
  void formulasAreDefused(String name) throws IOException {
    TURNOUT.participant(owner, event, "{\"name\": \"" + name + "\", \"note\": \"" + name + "\"}");

    CSVRecord row = rows(export("").body()).getFirst();

    assertThat(row.get("name")).isEqualTo("'" + name.replace("\\", ""));
    assertThat(row.get("note")).isEqualTo("'" + name.replace("\\", ""));
  }

  @Test
  void pagesBehindEachOtherAreOneFile() throws IOException {
    for (int i = 0; i < 7; i++) {
      TURNOUT.participant(owner, event, "{\"name\": \"P" + i + "\", \"tags\": [\"even & odd\"]}");
    }
    StringBuilder file = new StringBuilder();
    List<Integer> pages = new ArrayList<>();
    String next = "/events/" + event + "/participants/export?limit=3&tag=even%20%26%20odd&bom=true";
    while (next != null) {
      Answer page = TURNOUT.get(owner, next);
      assertThat(page.status()).isEqualTo(200);
      file.append(page.body());
      pages.add(page.body().split("\r\n", -1).length - 1);
      Matcher link = NEXT.matcher(String.valueOf(page.header("Link")));
      next = link.matches() ? link.group(1) : null;
    }

    assertThat(pages).containsExactly(4, 3, 1);
    assertThat(file.toString()).startsWith("\ufeffname,");
    assertThat(rows(file.substring(1)).stream().map(row -> row.get("name")))
        .containsExactly("P0", "P1", "P2", "P3", "P4", "P5", "P6");
  }

  @Test
  void filtersAreThoseOfTheList() throws IOException, SQLException {
    TURNOUT.participant(owner, event, "{\"name\": \"Ana\", \"tags\": [\"vip\"]}");
    TURNOUT.participant(owner, event, "{\"name\": \"Bo\"}");
    TURNOUT.execute(
        "update participants set status = 'confirmed' where event_id = ? and name = 'Bo'", event);

    assertThat(names(export("?tag=vip"))).containsExactly("Ana");
    assertThat(names(export("?q=bo"))).containsExactly("Bo");
    assertThat(names(export("?status=confirmed"))).containsExactly("Bo");
    assertThat(names(export("?status=denied"))).isEmpty();
  }

  @Test
  void pageIsNeverMoreThanLambdaAnswers() throws SQLException {
    TURNOUT.execute(
        "update organizations set plan = 'professional' where id = ?", owner.organization());
    TURNOUT.execute(
        """
        insert into participants (
          id, organization_id, event_id, occurrence_id, name, locale, status, note, created_at,
          updated_at, version)
        select gen_random_uuid(), o.organization_id, o.event_id, o.id, 'P', 'en', 'pending',
               repeat('"', 4000), o.created_at, o.created_at, 1
        from occurrences o
        cross join generate_series(1, 600)
        where o.event_id = ?
        """,
        event);

    Answer page = export("?limit=5000");

    // Each quote is two in CSV, and each of those two in JSON.
    assertThat(page.body().length() * 2).isBetween(3_900_000, 4_200_000);
    assertThat(page.header("Link")).contains("rel=\"next\"");
  }

  @ParameterizedTest
  @CsvSource({"?limit=0", "?limit=5001", "?limit=x", "?cursor=x", "?status=gone", "?bom=maybe"})
  void queryOfNoUseIsRefused(String query) {
    assertThat(export(query).status()).isEqualTo(400);
  }

  @Test
  void onlyWhoManagesParticipantsTakesThemAway() throws SQLException {
    Person operator = TURNOUT.member(owner.organization(), "org_operator");
    String path = "/events/" + event + "/participants/export";

    assertThat(TURNOUT.get(operator, path).status()).isEqualTo(403);
    assertThat(TURNOUT.get(TURNOUT.owner(), path).status()).isEqualTo(404);
  }

  private Answer export(String query) {
    return TURNOUT.get(owner, "/events/" + event + "/participants/export" + query);
  }

  private static List<String> names(Answer answer) throws IOException {
    return rows(answer.body()).stream().map(row -> row.get("name")).toList();
  }

  private static List<CSVRecord> rows(String csv) throws IOException {
    return CSVFormat.RFC4180
        .builder()
        .setHeader()
        .setSkipHeaderRecord(true)
        .get()
        .parse(new StringReader(csv))
        .getRecords();
  }
}
