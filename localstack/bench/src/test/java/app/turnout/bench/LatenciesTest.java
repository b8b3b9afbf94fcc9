package app.turnout.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void percentilesAreValuesThatWereMeasured() {
    double[] seconds = IntStream.rangeClosed(1, 100).mapToDouble(i -> 101 - i).toArray();

    Latencies latencies = Latencies.of(500, 100, seconds);

    assertThat(latencies).isEqualTo(new Latencies(500, 100, 100, 50, 95, 99));
  }

  @Test
  void oneValueIsAllOfThem() {
    assertThat(Latencies.of(1, 1, 7)).isEqualTo(new Latencies(1, 1, 1, 7, 7, 7));
  }

  @Test
  void nothingMeasuredHasNone() {
    assertThatThrownBy(() -> Latencies.of(1, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
