package app.turnout.live;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.container.AlsoOnLocalStack;
import app.turnout.testing.ApiClient;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@AlsoOnLocalStack
class TicketsTest {
  @RegisterExtension static final LiveHarness LIVE = new LiveHarness();

  private TestTenant tenant;
  private UUID event;
  private String token;

  @BeforeEach
  void makeEvent() {
    tenant = LIVE.tenant();
    event = tenant.event();
    token = tenant.accessToken(tenant.member("org_operator"));
  }

  @Test
  void ticketOpensOneSocketOnce() {
    JsonNode answer = LIVE.ticket(token, event).json();
    String ticket = answer.path("ticket").asText();

    assertThat(answer.path("url").asText()).isEqualTo("wss://live.example/live?ticket=" + ticket);
    assertThat(answer.path("occurrence_id").asText()).isEqualTo(event.toString());
    assertThat(LIVE.connect("first", ticket)).isEqualTo(200);
    assertThat(LIVE.connect("second", ticket)).isEqualTo(401);
  }

  @Test
  void ticketLastsHalfAMinuteOfRealTime() {
    String inTime = LIVE.ticket(token, event).json().path("ticket").asText();
    String late = LIVE.ticket(token, event).json().path("ticket").asText();

    SettableRealTime.advance(Duration.ofSeconds(29));
    assertThat(LIVE.connect("in-time", inTime)).isEqualTo(200);
    SettableRealTime.advance(Duration.ofSeconds(1));
    assertThat(LIVE.connect("late", late)).isEqualTo(401);
  }

  @Test
  void whatIsNoTicketOpensNothing() {
    assertThat(LIVE.connect("none", Map.of())).isEqualTo(401);
    assertThat(LIVE.connect("other", Map.of("token", token))).isEqualTo(401);
    assertThat(LIVE.connect("empty", "")).isEqualTo(401);
    assertThat(LIVE.connect("guessed", "A".repeat(43))).isEqualTo(401);
    assertThat(LIVE.connect("access-token", token)).isEqualTo(401);
  }

  @Test
  void ticketWantsARightToPositions() {
    String viewer = tenant.accessToken(tenant.member("org_viewer"));

    assertThat(LIVE.ticket(viewer, event).status()).isEqualTo(403);
    assertThat(LIVE.snapshot(viewer, event).status()).isEqualTo(403);
  }

  @Test
  void anotherOrganizationsEventIsNotThere() {
    TestTenant stranger = LIVE.tenant();
    String theirs = stranger.accessToken(stranger.member("org_owner"));

    assertThat(LIVE.ticket(theirs, event).status()).isEqualTo(404);
    assertThat(LIVE.snapshot(theirs, event).status()).isEqualTo(404);
  }

  @Test
  void linkOpensItsOwnDateOnly() {
    String link = tenant.link(tenant.participant(event));
    UUID other = tenant.event();

    assertThat(LIVE.ticket(link, event).status()).isEqualTo(200);
    assertThat(LIVE.ticket(link, other).status()).isEqualTo(404);
    assertThat(LIVE.snapshot(link, other).status()).isEqualTo(404);
    assertThat(
            LIVE.api()
                .get("/api/v1/live/events/" + event + "?occurrence_id=" + other)
                .bearer(link)
                .send()
                .status())
        .isEqualTo(404);
  }

  @Test
  void snapshotHasTheDateAndEverybody() {
    UUID somewhere = tenant.consenting(event, "organisers");
    tenant.position(somewhere, LiveHarness.NOW.minusSeconds(20));
    tenant.participant(event);

    JsonNode snapshot = LIVE.snapshot(token, event).json();

    assertThat(snapshot.path("sequence").asLong()).isZero();
    assertThat(snapshot.path("as_of").asText()).isEqualTo("2026-03-01T09:00:00Z");
    assertThat(snapshot.path("event"))
        .hasToString(
            """
            {"title":"Lecture","status":"scheduled","starts_at":"2026-03-01T09:30:00Z",\
            "ends_at":"2026-03-01T11:00:00Z","time_zone":"Europe/Dublin",\
            "destination":{"latitude":52.0,"longitude":-8.0,"arrival_radius_metres":150.0}}\
            """);
    assertThat(snapshot.path("participants").path(0))
        .hasToString(
            """
            {"id":"%s","name":"Brendan 1","status":"pending","consented":true,\
            "travel_mode":"car","position":{"participant_id":"%s","latitude":52.009,\
            "longitude":-8.0,"accuracy_metres":8.0,"heading_degrees":null,\
            "speed_metres_per_second":null,"recorded_at":"2026-03-01T08:59:40Z"},"eta":null}\
            """
                .formatted(somewhere, somewhere));
    JsonNode unasked = snapshot.path("participants").path(1);
    assertThat(unasked.path("consented").asBoolean()).isFalse();
    assertThat(unasked.path("position").isNull()).isTrue();
    assertThat(unasked.path("eta").path("state").asText()).isEqualTo("no_position");
    assertThat(snapshot.path("next_cursor").isNull()).isTrue();
  }

  @Test
  void snapshotTellsWhoIsSilentAndWhoHasArrived() {
    UUID silent = tenant.consenting(event, "organisers");
    tenant.position(silent, LiveHarness.NOW.minusSeconds(601));
    UUID arrived = tenant.consenting(event, "organisers");
    tenant.position(arrived, LiveHarness.NOW.minusSeconds(601));
    tenant.execute(
        """
        insert into arrivals (participant_id, organization_id, occurrence_id, arrived_at)
        values (:participant, :organization, :event, timestamptz '2026-03-01T08:50:00Z')
        """,
        Map.of("participant", arrived, "event", event));

    JsonNode participants = LIVE.snapshot(token, event).json().path("participants");

    JsonNode ofSilent = participants.path(0).path("eta");
    assertThat(ofSilent.path("state").asText()).isEqualTo("silent");
    assertThat(ofSilent.path("ping_age_seconds").asLong()).isEqualTo(601);
    assertThat(ofSilent.path("distance_metres").asLong()).isBetween(1_000L, 1_002L);
    JsonNode ofArrived = participants.path(1).path("eta");
    assertThat(ofArrived.path("state").asText()).isEqualTo("arrived");
    assertThat(ofArrived.path("eta").asText()).isEqualTo("2026-03-01T08:50:00Z");
  }

  @Test
  void withdrawnConsentHidesThePosition() {
    UUID participant = tenant.consenting(event, "organisers");
    tenant.position(participant, LiveHarness.NOW.minusSeconds(20));
    tenant.withdraw(participant);

    JsonNode entry = LIVE.snapshot(token, event).json().path("participants").path(0);

    assertThat(entry.path("consented").asBoolean()).isFalse();
    assertThat(entry.path("position").isNull()).isTrue();
    assertThat(entry.path("eta").path("state").asText()).isEqualTo("no_position");
  }

  @Test
  void linkIsShownItselfWhereOrganisersAloneSeePositions() {
    tenant.consenting(event, "participants");
    UUID own = tenant.consenting(event, "participants");

    assertThat(shown(LIVE.snapshot(tenant.link(own), event))).containsExactly(own.toString());
  }

  @Test
  void linkIsShownThoseWhoAgreedWhereParticipantsSeePositions() {
    tenant.share(event);
    UUID agreed = tenant.consenting(event, "participants");
    tenant.consenting(event, "organisers");
    tenant.participant(event);
    UUID gone = tenant.consenting(event, "participants");
    tenant.withdraw(gone);
    UUID own = tenant.consenting(event, "participants");
    UUID unwilling = tenant.consenting(event, "organisers");

    assertThat(shown(LIVE.snapshot(tenant.link(own), event)))
        .containsExactly(agreed.toString(), own.toString());
    assertThat(shown(LIVE.snapshot(tenant.link(unwilling), event)))
        .containsExactly(unwilling.toString());
  }

  private static List<String> shown(ApiClient.Answer snapshot) {
    return snapshot.json().path("participants").findValuesAsText("id");
  }
}
