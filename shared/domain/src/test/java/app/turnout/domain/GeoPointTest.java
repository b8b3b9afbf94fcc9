package app.turnout.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GeoPointTest {
  @Test
  void distanceFromLimerickToDublinIsKnown() {
    GeoPoint limerick = new GeoPoint(52.6638, -8.6267);
    GeoPoint dublin = new GeoPoint(53.3498, -6.2603);

    assertThat(limerick.metresTo(dublin)).isCloseTo(175_900, within(1_000.0));
  }

  @Test
  void distanceCrossesTheAntimeridian() {
    GeoPoint west = new GeoPoint(0, 179.5);
    GeoPoint east = new GeoPoint(0, -179.5);

    assertThat(west.metresTo(east)).isCloseTo(111_195, within(100.0));
  }

  @Test
  void antipodesAreHalfTheEarthApart() {
    assertThat(new GeoPoint(90, 0).metresTo(new GeoPoint(-90, 0)))
        .isCloseTo(Math.PI * 6_371_008.8, within(1.0));
  }

  @Test
  void positionOffTheGlobeIsRefused() {
    assertThatThrownBy(() -> new GeoPoint(90.1, 0)).hasMessageContaining("latitude");
    assertThatThrownBy(() -> new GeoPoint(Double.NaN, 0)).hasMessageContaining("latitude");
    assertThatThrownBy(() -> new GeoPoint(0, 180.1)).hasMessageContaining("longitude");
  }
}
