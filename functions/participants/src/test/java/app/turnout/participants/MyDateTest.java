package app.turnout.participants;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.participants.ParticipantsHarness.Person;
import app.turnout.testing.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a participant sees by their link.
class MyDateTest {
  @RegisterExtension static final ParticipantsHarness TURNOUT = new ParticipantsHarness();

  private Person owner;
  private UUID event;
  private JsonNode brendan;

  @BeforeEach
  void plan() throws SQLException {
    owner = TURNOUT.owner();
    event = TURNOUT.event(owner.organization());
    brendan =
        TURNOUT.participant(
            owner,
            event,
            """
            {"name": "Brendan", "email": "brendan@example.com", "locale": "pt",
             "note": "knows the way", "tags": ["vip"]}
            """);
  }

  @Test
  void linkShowsItsOwnDate() {
    Answer answer = mine();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    JsonNode mine = answer.json();
    assertThat(mine.path("participant_id").asText()).isEqualTo(brendan.path("id").asText());
    assertThat(mine.path("name").asText()).isEqualTo("Brendan");
    assertThat(mine.path("email").asText()).isEqualTo("brendan@example.com");
    assertThat(mine.path("locale").asText()).isEqualTo("pt");
    assertThat(mine.path("status").asText()).isEqualTo("pending");
    assertThat(mine.at("/consent/granted").asBoolean()).isFalse();
    assertThat(mine.at("/event/title").asText()).isEqualTo("Lecture");
    assertThat(mine.at("/event/organizer").asText()).isEqualTo("Ours");
    assertThat(mine.at("/occurrence/status").asText()).isEqualTo("scheduled");
    assertThat(mine.path("place").isNull()).isTrue();
  }

  @Test
  void nothingOfOthersAndNoNotesAreShown() {
    TURNOUT.participant(owner, event, "{\"name\": \"Ana\"}");

    assertThat(mine().body()).doesNotContain("Ana", "knows the way", "vip");
  }

  @Test
  void dateSpeaksForItselfBeforeItsEvent() throws SQLException {
    UUID area = UUID.randomUUID();
    TURNOUT.execute(
        """
        insert into areas (
          id, organization_id, name, address, city, latitude, longitude, created_at, updated_at,
          version)
        select ?, organization_id, 'Hall', 'Plassey Park', 'Limerick', 52.67, -8.57, created_at,
               created_at, 1
        from events
        where id = ?
        """,
        area,
        event);
    TURNOUT.execute(
        """
        update events
        set latitude = 1, longitude = 2, description = 'Of the event',
            translations = '{"pt": {"title": "Aula", "description": "Do evento"},
                             "ru": {"title": "Lektsiya"}}'
        where id = ?
        """,
        event);

    JsonNode byEvent = mine().json();
    TURNOUT.execute(
        "update occurrences set title = 'Outdoors', area_id = ? where event_id = ?", area, event);
    JsonNode byDate = mine().json();

    assertThat(byEvent.at("/event/translations/pt/title").asText()).isEqualTo("Aula");
    assertThat(byEvent.at("/event/translations/ru/description").asText()).isEqualTo("Of the event");
    assertThat(byEvent.at("/place/latitude").asDouble()).isEqualTo(1);
    assertThat(byEvent.at("/place/name").isNull()).isTrue();
    assertThat(byDate.at("/event/title").asText()).isEqualTo("Outdoors");
    assertThat(byDate.at("/event/translations/pt/title").asText()).isEqualTo("Outdoors");
    assertThat(byDate.at("/event/translations/pt/description").asText()).isEqualTo("Do evento");
    assertThat(byDate.at("/place/name").asText()).isEqualTo("Hall");
    assertThat(byDate.at("/place/latitude").asDouble()).isEqualTo(52.67);
  }

  @ParameterizedTest
  @CsvSource({
    "scheduled, scheduled, 0, scheduled",
    "scheduled, scheduled, 90, active",
    "scheduled, scheduled, 180, completed",
    "active, scheduled, 90, active",
    "completed, scheduled, 90, completed",
    "cancelled, scheduled, 0, cancelled",
    "cancelled, scheduled, 180, cancelled",
    "scheduled, cancelled, 0, cancelled",
    "draft, scheduled, 0, scheduled",
  })
  void dateHasComeAsFarAsItsEventAndTheTimeSay(
      String ofEvent, String ofDate, int minutes, String expected) throws SQLException {
    TURNOUT.execute("update events set status = ? where id = ?", ofEvent, event);
    TURNOUT.execute("update occurrences set status = ? where event_id = ?", ofDate, event);
    TURNOUT.time().advance(Duration.ofMinutes(minutes));

    assertThat(mine().json().at("/occurrence/status").asText()).isEqualTo(expected);
  }

  @Test
  void cancelledDateSaysWhy() throws SQLException {
    TURNOUT.execute("update events set cancellation_reason = 'old news' where id = ?", event);
    String before = mine().json().at("/occurrence/cancellation_reason").asText("none");
    TURNOUT.execute(
        "update occurrences set status = 'cancelled', cancellation_reason = 'Storm'"
            + " where event_id = ?",
        event);

    assertThat(before).isEqualTo("none");
    assertThat(mine().json().at("/occurrence/cancellation_reason").asText()).isEqualTo("Storm");
  }

  @Test
  void timesHaveTheOffsetOfTheVenue() throws SQLException {
    TURNOUT.execute("update occurrences set time_zone = 'Asia/Kolkata' where event_id = ?", event);

    JsonNode mine = mine().json();

    assertThat(mine.at("/occurrence/time_zone").asText()).isEqualTo("Asia/Kolkata");
    assertThat(mine.at("/occurrence/starts_at").asText()).endsWith("+05:30");
    assertThat(mine.at("/tracking/opens_at").asText()).endsWith("+05:30");
  }

  @Test
  void positionsAreTakenFromTheWindowsStartUntilCheckIn() throws SQLException {
    TURNOUT.execute("update events set tracking_opens_minutes_before = 30 where id = ?", event);
    JsonNode before = mine().json();
    TURNOUT.time().advance(Duration.ofMinutes(31));
    JsonNode open = mine().json();
    TURNOUT.call(owner, "POST", "/participants/" + id() + "/check-in").send();
    JsonNode arrived = mine().json();

    assertThat(at(before, "/tracking/opens_at"))
        .isEqualTo(at(before, "/occurrence/starts_at").minus(Duration.ofMinutes(30)));
    assertThat(at(before, "/tracking/closes_at")).isEqualTo(at(before, "/occurrence/ends_at"));
    assertThat(before.at("/tracking/is_open").asBoolean()).isFalse();
    assertThat(open.at("/tracking/is_open").asBoolean()).isTrue();
    assertThat(arrived.path("status").asText()).isEqualTo("checked_in");
    assertThat(at(arrived, "/tracking/closes_at")).isEqualTo(at(arrived, "/checked_in_at"));
    assertThat(arrived.at("/tracking/is_open").asBoolean()).isFalse();
  }

  @Test
  void whatTheyDoIsWhatTheySee() {
    TURNOUT.byLink(brendan, "POST", "/participants/" + id() + "/confirm");

    assertThat(mine().json().path("status").asText()).isEqualTo("confirmed");
  }

  @Test
  void revokedLinkAndOtherCallersSeeNothing() throws SQLException {
    int member = TURNOUT.get(owner, "/links/me").status();
    int nobody = TURNOUT.call(null, "GET", "/links/me").send().status();
    TURNOUT.execute(
        "update participant_links set revoked_at = created_at where participant_id = ?",
        UUID.fromString(id()));

    assertThat(member).isEqualTo(401);
    assertThat(nobody).isEqualTo(401);
    assertThat(mine().status()).isEqualTo(401);
  }

  private Answer mine() {
    return TURNOUT.byLink(brendan, "GET", "/links/me");
  }

  private String id() {
    return brendan.path("id").asText();
  }

  private static Instant at(JsonNode mine, String pointer) {
    return OffsetDateTime.parse(mine.at(pointer).asText()).toInstant();
  }
}
