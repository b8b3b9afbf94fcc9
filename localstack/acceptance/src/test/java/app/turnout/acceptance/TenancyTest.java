package app.turnout.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.acceptance.Organiser.Participant;
import app.turnout.testing.ApiClient.Answer;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What is another tenant's is not there.
class TenancyTest {
  @RegisterExtension static final RunningTurnout TURNOUT = new RunningTurnout();

  private static Organiser owner;
  private static Organiser stranger;
  private static String event;
  private static Participant participant;

  @BeforeAll
  static void prepare() {
    owner = Organiser.ready(TURNOUT.client(), "owner");
    stranger = Organiser.ready(TURNOUT.client(), "stranger");
    event = owner.event(52.6, -8.5);
    participant = owner.participant(event);
  }

  @Test
  void strangerFindsNothingOfTheOwners() {
    for (String path :
        List.of(
            "/api/v1/organizations/" + owner.organization(),
            "/api/v1/events/" + event,
            "/api/v1/events/" + event + "/participants",
            "/api/v1/participants/" + participant.id(),
            "/api/v1/participants/" + participant.id() + "/locations",
            "/api/v1/participants/" + participant.id() + "/locations/latest",
            "/api/v1/eta/events/" + event,
            "/api/v1/eta/participants/" + participant.id())) {
      assertThat(owner.get(path).status()).as(path).isIn(200, 404);
      assertThat(stranger.get(path).status()).as(path).isEqualTo(404);
    }
    assertThat(stranger.get("/api/v1/events").json().path("data")).isEmpty();
  }

  @Test
  void strangerChangesNothingOfTheOwners() {
    assertThat(stranger.post("/api/v1/events/" + event + "/activate", "").status()).isEqualTo(404);
    assertThat(
            stranger
                .post("/api/v1/events/" + event + "/participants", "{\"name\": \"Spy\"}")
                .status())
        .isEqualTo(404);
    assertThat(
            stranger
                .post(
                    "/api/v1/auth/switch",
                    "{\"organization_id\": \"%s\"}".formatted(owner.organization()))
                .status())
        .isEqualTo(404);
    assertThat(
            owner.get("/api/v1/events/" + event + "/participants").json().findValuesAsText("name"))
        .isNotEmpty()
        .doesNotContain("Spy");
  }

  @Test
  void linkSpeaksForItsOwnParticipantOnly() {
    Participant other = owner.participant(event);

    Answer own = TURNOUT.client().get("/api/v1/participants/" + other.id(), other.authorization());
    Answer foreign =
        TURNOUT.client().get("/api/v1/participants/" + participant.id(), other.authorization());
    Answer consent =
        TURNOUT
            .client()
            .post(
                "/api/v1/participants/" + participant.id() + "/consent",
                other.authorization(),
                "{\"granted\": false}");
    Answer list =
        TURNOUT.client().get("/api/v1/events/" + event + "/participants", other.authorization());

    assertThat(own.status()).isEqualTo(200);
    assertThat(foreign.status()).isEqualTo(404);
    assertThat(consent.status()).isEqualTo(404);
    assertThat(list.status()).isIn(401, 403);
  }
}
