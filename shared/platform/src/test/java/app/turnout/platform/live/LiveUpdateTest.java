package app.turnout.platform.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.turnout.domain.GeoPoint;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveUpdateTest {
  private static final OrganizationId ORGANIZATION = new OrganizationId(UUID.randomUUID());
  private static final OccurrenceId OCCURRENCE = new OccurrenceId(UUID.randomUUID());
  private static final ParticipantId PARTICIPANT = new ParticipantId(UUID.randomUUID());
  private static final Instant NOW = Instant.parse("2026-11-23T08:15:30.123Z");

  private static final LiveEta LONGEST =
      new LiveEta(
          PARTICIPANT,
          "standing_still",
          "velocity",
          "bicycle",
          NOW,
          19_999_999L,
          19_999_999L,
          100_000L,
          false,
          NOW,
          NOW);

  @Test
  void positionsComeOutAsTheyWentIn() {
    LiveUpdate update =
        new LiveUpdate.Positions(
            ORGANIZATION,
            OCCURRENCE,
            List.of(
                new LivePosition(
                    PARTICIPANT,
                    new GeoPoint(52.672777, -8.570741),
                    4.5,
                    270.0,
                    12.25,
                    NOW.plusNanos(456_000)),
                new LivePosition(
                    PARTICIPANT, new GeoPoint(1.0E-5, 1.0E-7), null, null, null, NOW)));

    assertThat(LiveUpdate.parse(update.toJson())).isEqualTo(update);
  }

  @Test
  void etasComeOutAsTheyWentIn() {
    LiveUpdate update =
        new LiveUpdate.Etas(
            ORGANIZATION,
            OCCURRENCE,
            NOW,
            List.of(
                LONGEST,
                new LiveEta(
                    PARTICIPANT,
                    "no_position",
                    null,
                    "foot",
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null)));

    assertThat(LiveUpdate.parse(update.toJson())).isEqualTo(update);
  }

  @Test
  void changesComeOutAsTheyWentIn() {
    LiveUpdate update =
        new LiveUpdate.Changes(
            ORGANIZATION,
            OCCURRENCE,
            UUID.randomUUID(),
            List.of(
                new LiveChange.Joined(PARTICIPANT),
                new LiveChange.Updated(PARTICIPANT),
                new LiveChange.Left(PARTICIPANT, LiveChange.Reason.REMOVED),
                new LiveChange.Left(PARTICIPANT, LiveChange.Reason.CONSENT_WITHDRAWN),
                new LiveChange.EventChanged()));

    assertThat(LiveUpdate.parse(update.toJson())).isEqualTo(update);
  }

  @Test
  void theFullestUpdateIsAMessage() {
    LiveUpdate update =
        new LiveUpdate.Etas(
            ORGANIZATION, OCCURRENCE, NOW, Collections.nCopies(LiveUpdate.MOST, LONGEST));

    assertThat(update.toJson().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(250_000);
  }

  @Test
  void anUpdateOfNothingOrTooMuchIsRefused() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new LiveUpdate.Etas(ORGANIZATION, OCCURRENCE, NOW, List.<LiveEta>of()));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(
            () ->
                new LiveUpdate.Etas(
                    ORGANIZATION,
                    OCCURRENCE,
                    NOW,
                    Collections.nCopies(LiveUpdate.MOST + 1, LONGEST)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "null",
        "{\"v\":2}",
        "{\"v\":1,\"kind\":\"positions\"}",
        "{\"v\":1,\"kind\":{}}",
        "{\"v\":1,\"kind\":\"changes\",\"rows\":[{}]}",
        "{\"v\":1,\"kind\":\"changes\",\"rows\":[[[]]]}",
        "{\"v\":1,\"kind\":\"changes\",\"rows\":[[\"event\"",
      })
  void whatIsNoUpdateIsRefused(String text) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> LiveUpdate.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[\"joined\"]",
        "[\"joined\",\"x\"]",
        "[\"left\",\"01890a5d-ac96-774b-bcce-b302099a8057\",\"bored\"]",
        "[\"danced\",\"01890a5d-ac96-774b-bcce-b302099a8057\"]",
        "{}",
        "1",
      })
  void whatIsNoChangeIsRefused(String row) {
    String text =
        "{\"v\":1,\"kind\":\"changes\",\"organization\":\"%s\",\"occurrence\":\"%s\",\"id\":\"%s\",\"rows\":[%s]}"
            .formatted(ORGANIZATION, OCCURRENCE, UUID.randomUUID(), row);

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> LiveUpdate.parse(text));
  }
}
