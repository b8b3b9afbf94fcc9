package app.turnout.runner.demo;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.runner.replay.Api;
import app.turnout.runner.replay.FakeProduct;
import app.turnout.runner.replay.RemoteClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoTest {
  private static final Instant FIRST = Instant.parse("2019-02-18T07:45:50Z");

  @ParameterizedTest
  @CsvSource({
    "2019-02-18T07:20:00Z, PT0S",
    "2019-02-18T07:46:00Z, PT5M",
    "2019-02-18T08:29:00Z, PT45M",
  })
  void nobodySetsOutBeforeAllIsMade(Instant now, Duration later) throws IOException {
    try (FakeProduct product = new FakeProduct("{\"time\": \"%s\", \"speed\": 1}".formatted(now))) {
      RemoteClock clock = RemoteClock.of(new Api(product.url()));

      assertThat(Demo.later(clock, FIRST)).isEqualTo(later);
    }
  }
}
