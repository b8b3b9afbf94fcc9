package app.turnout.participants;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.participants.ParticipantsHarness.Person;
import app.turnout.testing.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a participant says of being located, and what follows when they withdraw it.
class ConsentTest {
  @RegisterExtension static final ParticipantsHarness TURNOUT = new ParticipantsHarness();

  private Person owner;
  private UUID event;
  private JsonNode brendan;

  @BeforeEach
  void plan() throws SQLException {
    owner = TURNOUT.owner();
    event = TURNOUT.event(owner.organization());
    brendan = TURNOUT.participant(owner, event, "{\"name\": \"Brendan\"}");
  }

  @Test
  void withdrawalTellsWhoeverKeepsPositionsAndBeginsAReceipt() throws SQLException {
    say(brendan, true);
    say(brendan, false);
    say(brendan, false);

    assertThat(
            TURNOUT.query(
                """
                select (payload ->> 'participant_id') || ' ' || (payload ->> 'organization_id')
                       || ' ' || ((payload ->> 'at')::timestamptz = c.withdrawn_at)
                       || ' ' || (c.changed_at = c.withdrawn_at)
                       || ' ' || (payload ->> 'occurrence_id' is not null)
                from outbox_messages m
                join consents c on c.participant_id = cast(m.payload ->> 'participant_id' as uuid)
                where m.kind = 'consent_withdrawn' and m.organization_id = ?
                """,
                owner.organization()))
        .containsExactly(id(brendan) + " " + owner.organization() + " true true true");
    JsonNode receipt = receipt(brendan).json();
    assertThat(receipt.path("granted").asBoolean()).isFalse();
    assertThat(receipt.path("withdrawals")).hasSize(1);
    assertThat(receipt.at("/withdrawals/0/completed_at").isNull()).isTrue();
    assertThat(receipt.at("/withdrawals/0/areas")).isEmpty();
  }

  @Test
  void receiptSaysWhatWasErased() throws SQLException {
    say(brendan, true);
    say(brendan, false);
    TURNOUT.execute(
        """
        insert into consent_withdrawal_steps (
          withdrawal_id, organization_id, area, erased_rows, completed_at)
        select id, organization_id, 'locations', '{"pings": 12}', withdrawn_at
        from consent_withdrawals
        where participant_id = cast(? as uuid)
        """,
        id(brendan));
    TURNOUT.execute(
        "update consent_withdrawals set completed_at = withdrawn_at where participant_id ="
            + " cast(? as uuid)",
        id(brendan));

    JsonNode receipt = receipt(brendan).json();

    assertThat(receipt.at("/withdrawals/0/areas").toString())
        .contains("\"area\":\"locations\"", "\"rows\":{\"pings\":12}");
    assertThat(receipt.at("/withdrawals/0/completed_at").isNull()).isFalse();
    assertThat(TURNOUT.get(owner, path(brendan)).json()).isEqualTo(receipt);
  }

  @Test
  void eachWithdrawalHasAReceiptAndALaterTime() throws SQLException {
    for (boolean granted : new boolean[] {true, false, true, false, true}) {
      say(brendan, granted);
    }

    JsonNode receipt = receipt(brendan).json();

    assertThat(receipt.path("granted").asBoolean()).isTrue();
    assertThat(receipt.path("withdrawals")).hasSize(2);
    assertThat(receipt.at("/withdrawals/0/withdrawn_at").asText())
        .isGreaterThan(receipt.at("/withdrawals/1/withdrawn_at").asText());
    assertThat(
            TURNOUT.query(
                "select changed_at > withdrawn_at from consents where participant_id ="
                    + " cast(? as uuid)",
                id(brendan)))
        .containsExactly("t");
  }

  @Test
  void whoNeverConsentedHasNothingToWithdraw() throws SQLException {
    say(brendan, false);

    assertThat(receipt(brendan).json().path("withdrawals")).isEmpty();
    assertThat(
            TURNOUT.query(
                "select 1 from outbox_messages where kind = 'consent_withdrawn'"
                    + " and organization_id = ?",
                owner.organization()))
        .isEmpty();
  }

  @Test
  void receiptIsNobodyElses() throws SQLException {
    JsonNode ana = TURNOUT.participant(owner, event, "{\"name\": \"Ana\"}");
    Person foreign = TURNOUT.owner();

    assertThat(TURNOUT.byLink(ana, "GET", path(brendan)).status()).isIn(403, 404);
    assertThat(TURNOUT.get(foreign, path(brendan)).status()).isEqualTo(404);
    assertThat(TURNOUT.call(null, "GET", path(brendan)).send().status()).isEqualTo(401);
  }

  @Test
  void mergeThatEndsAConsentWithdrawsIt() throws SQLException {
    JsonNode other = TURNOUT.participant(owner, event, "{\"name\": \"B.\"}");
    say(brendan, true);
    say(other, false);

    Answer merged =
        TURNOUT.post(
            owner,
            "/participants/" + id(brendan) + "/merge",
            "{\"from\": [\"" + id(other) + "\"]}");

    assertThat(merged.status()).isEqualTo(200);
    assertThat(receipt(brendan).json().path("withdrawals")).hasSize(1);
  }

  private static void say(JsonNode participant, boolean granted) {
    Answer said =
        TURNOUT
            .call(null, "POST", path(participant))
            .bearer(participant.at("/link/token").asText())
            .json("{\"granted\": " + granted + "}")
            .send();
    assertThat(said.status()).as(said.body()).isEqualTo(200);
  }

  private static Answer receipt(JsonNode participant) {
    return TURNOUT.byLink(participant, "GET", path(participant));
  }

  private static String path(JsonNode participant) {
    return "/participants/" + id(participant) + "/consent";
  }

  private static String id(JsonNode participant) {
    return participant.path("id").asText();
  }
}
