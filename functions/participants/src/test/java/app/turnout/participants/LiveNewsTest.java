package app.turnout.participants;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.domain.ParticipantId;
import app.turnout.participants.ParticipantsHarness.Person;
import app.turnout.platform.live.LiveChange;
import app.turnout.platform.live.LiveUpdate;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What those who watch a date are told when something of its participants changes for good.
class LiveNewsTest {
  @RegisterExtension static final ParticipantsHarness TURNOUT = new ParticipantsHarness();

  private Person owner;
  private UUID event;

  @BeforeEach
  void plan() throws SQLException {
    owner = TURNOUT.owner();
    event = TURNOUT.event(owner.organization());
  }

  @Test
  void whoIsAddedHasJoined() throws SQLException {
    JsonNode brendan = TURNOUT.participant(owner, event, "{\"name\": \"Brendan\"}");

    assertThat(told()).containsExactly(new LiveChange.Joined(id(brendan)));
  }

  @Test
  void aBatchIsToldAtOnce() throws SQLException {
    TURNOUT.post(
        owner,
        "/events/" + event + "/participants/batch",
        "{\"participants\": [{\"name\": \"Ada\"}, {\"name\": \"Bob\"}, {\"name\": \"Cyd\"}]}");

    assertThat(updates()).hasSize(1);
    assertThat(told()).hasSize(3).allMatch(LiveChange.Joined.class::isInstance);
  }

  @Test
  void everyAnswerAndCheckInIsToldOnce() throws SQLException {
    JsonNode brendan = TURNOUT.participant(owner, event, "{\"name\": \"Brendan\"}");
    String path = "/participants/" + id(brendan);

    TURNOUT.call(owner, "POST", path + "/confirm").send();
    TURNOUT.call(owner, "POST", path + "/confirm").send();
    TURNOUT.call(owner, "POST", path + "/check-in").send();

    assertThat(told())
        .containsExactly(
            new LiveChange.Joined(id(brendan)),
            new LiveChange.Updated(id(brendan)),
            new LiveChange.Updated(id(brendan)));
  }

  @Test
  void whoIsRemovedHasLeft() throws SQLException {
    JsonNode brendan = TURNOUT.participant(owner, event, "{\"name\": \"Brendan\"}");

    TURNOUT.call(owner, "DELETE", "/participants/" + id(brendan)).header("If-Match", "*").send();

    assertThat(told())
        .containsExactly(
            new LiveChange.Joined(id(brendan)),
            new LiveChange.Left(id(brendan), LiveChange.Reason.REMOVED));
  }

  @Test
  void whoWithdrawsHasLeftFromSight() throws SQLException {
    JsonNode brendan = TURNOUT.participant(owner, event, "{\"name\": \"Brendan\"}");

    consent(brendan, true);
    consent(brendan, false);

    assertThat(told())
        .containsExactly(
            new LiveChange.Joined(id(brendan)),
            new LiveChange.Updated(id(brendan)),
            new LiveChange.Left(id(brendan), LiveChange.Reason.CONSENT_WITHDRAWN),
            new LiveChange.Updated(id(brendan)));
  }

  @Test
  void consentIsForWhomTheEventSaysAtThatTime() throws SQLException {
    JsonNode brendan = TURNOUT.participant(owner, event, "{\"name\": \"Brendan\"}");

    consent(brendan, true);
    TURNOUT.execute("update events set positions_visible_to = 'participants' where id = ?", event);
    assertThat(visibleTo(brendan)).containsExactly("organisers");

    consent(brendan, true);
    assertThat(visibleTo(brendan)).containsExactly("participants");
  }

  private void consent(JsonNode participant, boolean granted) {
    TURNOUT
        .call(null, "POST", "/participants/" + id(participant) + "/consent")
        .bearer(participant.at("/link/token").asText())
        .json("{\"granted\": %s}".formatted(granted))
        .send();
  }

  private List<String> visibleTo(JsonNode participant) throws SQLException {
    return TURNOUT.query(
        "select positions_visible_to from consents where participant_id = ?",
        id(participant).value());
  }

  private List<LiveUpdate> updates() throws SQLException {
    return TURNOUT
        .query(
            """
            select payload ->> 'update'
            from outbox_messages
            where kind = 'live_changes'
              and organization_id = ?
            order by position
            """,
            owner.organization())
        .stream()
        .map(LiveUpdate::parse)
        .toList();
  }

  private List<LiveChange> told() throws SQLException {
    return updates().stream()
        .flatMap(update -> ((LiveUpdate.Changes) update).changes().stream())
        .toList();
  }

  private static ParticipantId id(JsonNode participant) {
    return new ParticipantId(UUID.fromString(participant.path("id").asText()));
  }
}
