package app.turnout.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.acceptance.Organiser.Participant;
import app.turnout.testing.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The main path: from a phone's positions to the organiser's list.
class FirstArrivalTest {
  @RegisterExtension static final RunningTurnout TURNOUT = new RunningTurnout();

  @Test
  void organiserSeesWhoIsComingAndTheArrival() {
    Organiser organiser = Organiser.ready(TURNOUT.client(), "arrival");
    String event = organiser.event(52.672777, -8.570741);
    Participant participant = organiser.participant(event);
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    Answer accepted = send(participant, approach(now.minusSeconds(300), 52.6500, 20));

    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.json().path("accepted").asInt()).isEqualTo(20);
    JsonNode onTheWay = etaOf(organiser, event, "moving", "true");
    assertThat(onTheWay.path("arrived").asBoolean()).isFalse();
    assertThat(onTheWay.path("strategy").asText()).isEqualTo("velocity");
    assertThat(onTheWay.path("seconds").asInt()).isBetween(60, 900);

    // Two minutes on the spot.
    Instant there = now.minusSeconds(105);
    send(participant, standing(there, 52.67270, 13));

    JsonNode arrived = etaOf(organiser, event, "arrived", "true");
    String arrivedAt = arrived.path("arrived_at").asText();
    assertThat(Instant.parse(arrivedAt)).isEqualTo(there);
    send(participant, standing(now.minusSeconds(4), 52.67275, 2));
    Client.await(() -> history(organiser, participant).size() == 35, "35 stored positions");
    assertThat(etaOf(organiser, event, "arrived", "true").path("arrived_at").asText())
        .isEqualTo(arrivedAt);
  }

  @Test
  void positionsSentTwiceAreStoredOnce() {
    Organiser organiser = Organiser.ready(TURNOUT.client(), "twice");
    Participant participant = organiser.participant(organiser.event(52.6, -8.5));
    String pings = approach(Instant.now().minusSeconds(200), 52.5, 15);

    send(participant, pings);
    send(participant, pings);
    send(participant, approach(Instant.now().minusSeconds(20), 52.51, 1));

    Client.await(() -> history(organiser, participant).size() >= 16, "the last position");
    assertThat(history(organiser, participant)).hasSize(16);
  }

  @Test
  void sameIdempotencyKeyAddsOneParticipantAndAnswersWithTheSameLink() {
    Organiser organiser = Organiser.ready(TURNOUT.client(), "idempotent");
    String event = organiser.event(52.6, -8.5);
    String path = "/api/v1/events/" + event + "/participants";
    Map<String, String> key = Map.of("Idempotency-Key", "add-brendan");
    String body = "{\"name\": \"Brendan\"}";

    Answer first = TURNOUT.client().post(path, organiser.authorization(), body, key);
    Answer second = TURNOUT.client().post(path, organiser.authorization(), body, key);
    Answer other =
        TURNOUT.client().post(path, organiser.authorization(), "{\"name\": \"Maeve\"}", key);

    assertThat(second.status()).isEqualTo(201);
    assertThat(second.json()).isEqualTo(first.json());
    assertThat(other.status()).isEqualTo(422);
    assertThat(organiser.get(path).json().path("data")).hasSize(1);
  }

  @Test
  void withdrawnConsentStopsPositionsAndErasesThemWithAReceipt() {
    Organiser organiser = Organiser.ready(TURNOUT.client(), "consent");
    Participant participant = organiser.participant(organiser.event(52.6, -8.5));
    send(participant, approach(Instant.now().minusSeconds(60), 52.5, 3));
    Client.await(() -> history(organiser, participant).size() == 3, "3 stored positions");
    String consent = "/api/v1/participants/" + participant.id() + "/consent";

    TURNOUT.client().post(consent, participant.authorization(), "{\"granted\": false}");

    Answer refused = send(participant, approach(Instant.now().minusSeconds(60), 52.5, 3));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().path("type").asText())
        .isEqualTo("urn:turnout:problem:consent_missing");
    Client.await(
        () -> {
          JsonNode receipt =
              TURNOUT
                  .client()
                  .get(consent, participant.authorization())
                  .json()
                  .at("/withdrawals/0");
          return !receipt.path("completed_at").isNull()
              && receipt.at("/areas/0/rows/pings").asInt() == 3;
        },
        "the receipt");
    assertThat(history(organiser, participant)).isEmpty();
    assertThat(
            organiser
                .get("/api/v1/participants/" + participant.id() + "/locations/latest")
                .status())
        .isEqualTo(404);
  }

  private static Answer send(Participant participant, String pings) {
    return TURNOUT
        .client()
        .post(
            "/api/v1/participants/" + participant.id() + "/locations",
            participant.authorization(),
            pings);
  }

  /// Positions ten seconds and about fifty metres apart, northwards along the place's meridian.
  private static String approach(Instant first, double latitude, int count) {
    return positions(first, latitude, 0.00045, count);
  }

  private static String standing(Instant first, double latitude, int count) {
    return positions(first, latitude, 0, count);
  }

  private static String positions(Instant first, double latitude, double step, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                """
                {"latitude": %s, "longitude": -8.570741, "recorded_at": "%s", "accuracy_metres": 8}\
                """
                    .formatted(latitude + i * step, first.plusSeconds(10L * i)))
        .collect(Collectors.joining(",", "{\"locations\": [", "]}"));
  }

  private static JsonNode history(Organiser organiser, Participant participant) {
    return organiser
        .get("/api/v1/participants/" + participant.id() + "/locations?limit=100")
        .json()
        .path("data");
  }

  private static JsonNode etaOf(Organiser organiser, String event, String field, String value) {
    JsonNode[] entry = new JsonNode[1];
    Client.await(
        () -> {
          entry[0] = organiser.get("/api/v1/eta/events/" + event).json().path("data").path(0);
          return entry[0].path(field).asText().equals(value);
        },
        field + " = " + value);
    return entry[0];
  }
}
