package app.turnout.eta;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.domain.ParticipantId;
import app.turnout.domain.TravelMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ForecastTest {
  private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
  private static final Instant START = Instant.parse("2026-03-02T08:30:00Z");

  @Test
  void curveRisesWithEachWhoIsForeseen() {
    Forecast forecast =
        Forecast.of(
            List.of(
                arrived(-30),
                coming(ArrivalState.ON_THE_WAY, 5),
                coming(ArrivalState.ON_THE_WAY, 5.5),
                coming(ArrivalState.STANDING_STILL, 30)),
            START,
            NOW);

    assertThat(forecast.expected()).isEqualTo(4);
    assertThat(forecast.arrived()).isEqualTo(1);
    assertThat(forecast.onTheWay()).isEqualTo(3);
    assertThat(forecast.late()).isZero();
    assertThat(forecast.curve()).hasSize(31);
    assertThat(at(forecast, 0)).isEqualTo(1);
    assertThat(at(forecast, 4)).isEqualTo(1);
    assertThat(at(forecast, 5)).isEqualTo(2);
    assertThat(at(forecast, 6)).isEqualTo(3);
    assertThat(at(forecast, 30)).isEqualTo(4);
    assertThat(forecast.curve().getLast().at()).isEqualTo(START);
  }

  @Test
  void whoIsLateIsFollowedBeyondTheStart() {
    Forecast forecast =
        Forecast.of(
            List.of(coming(ArrivalState.ON_THE_WAY, 47.5), arrived(-10), arrived(-100)),
            START.minus(Duration.ofMinutes(45)),
            NOW);

    assertThat(forecast.late()).isEqualTo(2);
    assertThat(forecast.curve()).hasSize(49);
    assertThat(forecast.curve().getLast().arrived()).isEqualTo(3);
  }

  @Test
  void ofWhomNothingCanBeForeseenIsSaid() {
    Forecast forecast =
        Forecast.of(
            List.of(
                outlook(ArrivalState.NO_POSITION, null, null),
                coming(ArrivalState.NOT_LEFT, 10),
                coming(ArrivalState.GOING_AWAY, 10),
                coming(ArrivalState.SILENT, -1),
                coming(ArrivalState.SILENT, 3)),
            START,
            NOW);

    assertThat(forecast.unknown()).isEqualTo(4);
    assertThat(forecast.onTheWay()).isEqualTo(1);
    assertThat(forecast.curve().getLast().arrived()).isEqualTo(1);
  }

  @Test
  void whoShouldBeThereByNowIsExpectedAtOnce() {
    Forecast forecast =
        Forecast.of(List.of(coming(ArrivalState.ON_THE_WAY, -2)), NOW.minusSeconds(1), NOW);

    assertThat(forecast.curve()).containsExactly(new Forecast.Point(NOW, 1));
  }

  @Test
  void curveEndsHoweverFarTheStartIsOrSomebody() {
    List<Outlook> far = new ArrayList<>(List.of(coming(ArrivalState.ON_THE_WAY, 100_000)));

    assertThat(Forecast.of(far, START, NOW).curve()).hasSize(30 + 180 + 1);
    assertThat(Forecast.of(far, START.plus(Duration.ofDays(400)), NOW).curve()).hasSize(1_441);
    assertThat(Forecast.of(List.of(), START.minus(Duration.ofDays(1)), NOW).curve())
        .containsExactly(new Forecast.Point(NOW, 0));
  }

  private static int at(Forecast forecast, int minute) {
    assertThat(forecast.curve().get(minute).at()).isEqualTo(NOW.plus(Duration.ofMinutes(minute)));
    return forecast.curve().get(minute).arrived();
  }

  private static Outlook arrived(int minutes) {
    Instant at = NOW.plus(Duration.ofMinutes(minutes));
    return outlook(ArrivalState.ARRIVED, at, at);
  }

  private static Outlook coming(ArrivalState state, double minutes) {
    return outlook(state, NOW.plusSeconds((long) (60 * minutes)), null);
  }

  private static Outlook outlook(
      ArrivalState state, @Nullable Instant eta, @Nullable Instant arrivedAt) {
    return new Outlook(
        new ParticipantId(UUID.randomUUID()),
        "Brendan",
        true,
        state,
        null,
        TravelMode.CAR,
        eta,
        null,
        null,
        null,
        true,
        arrivedAt,
        null);
  }
}
