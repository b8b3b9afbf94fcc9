package app.turnout.tracks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.turnout.domain.GeoPoint;
import java.io.IOException;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RouterTest {
  private static final GeoPoint HERE = new GeoPoint(48.41, 15.60);
  private static final GeoPoint THERE = new GeoPoint(48.40, 15.66);

  @Test
  void timeLostAtTurnsIsSpreadOverTheLegThatLosesIt() throws IOException {
    Way way =
        way(
            """
            {"code": "Ok", "routes": [{
              "geometry": {"coordinates": [[15.60, 48.41], [15.61, 48.41], [15.62, 48.41], [15.63, 48.40]]},
              "legs": [
                {"duration": 120, "annotation": {"distance": [100, 200], "duration": [20, 40]}},
                {"duration": 30, "annotation": {"distance": [300], "duration": [30]}}]}]}\
            """);

    assertThat(way.stretches()).extracting(Stretch::seconds).containsExactly(40.0, 80.0, 30.0);
    assertThat(way.metres()).isEqualTo(600);
    assertThat(way.end()).isEqualTo(new GeoPoint(48.40, 15.63));
  }

  @Test
  void roadFarOffIsNone() throws IOException {
    try (FakeRouter fake =
        new FakeRouter(
            200,
            """
            {"code": "Ok", "waypoints": [{"location": [15.61, 48.40], "distance": 70.5}]}\
            """)) {
      Router router = new Router(fake.address());

      assertThat(router.nearestRoad(HERE, 70)).isEmpty();
      assertThat(router.nearestRoad(HERE, 71)).hasValue(new GeoPoint(48.40, 15.61));
    }
  }

  @Test
  void refusalSaysWhy() {
    assertThatThrownBy(
            () -> way("{\"code\": \"NoRoute\", \"message\": \"Impossible route between points\"}"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Impossible route between points");
  }

  @Test
  void answerThatDoesNotFitTogetherIsRefused() {
    assertThatThrownBy(
            () ->
                way(
                    """
                    {"code": "Ok", "routes": [{"geometry": {"coordinates": [[15.60, 48.41], [15.61, 48.41]]},
                      "legs": []}]}\
                    """))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void pointBetweenTwoLiesOnTheLine() {
    GeoPoint half = new Stretch(HERE, THERE, 0, 0).at(0.5);

    assertThat(half.latitude()).isEqualTo(48.405, Offset.offset(1e-9));
    assertThat(half.longitude()).isEqualTo(15.63, Offset.offset(1e-9));
  }

  private static Way way(String answer) throws IOException {
    try (FakeRouter fake = new FakeRouter(200, answer)) {
      return new Router(fake.address()).way(List.of(HERE, THERE));
    }
  }
}
