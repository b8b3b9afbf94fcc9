package app.turnout.runner.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.turnout.runner.RunnerException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PhoneTest {
  private static final Instant START = Instant.parse("2019-02-18T07:45:50Z");
  private static final Link LINK = new Link("p1", "abc.def");

  private FakeProduct product;
  private Api api;

  @BeforeEach
  void start() throws IOException {
    product = new FakeProduct("{\"status\":\"ok\",\"time\":\"2019-02-18T07:45:50Z\",\"speed\":60}");
    api = new Api(product.url());
  }

  @AfterEach
  void stop() {
    product.close();
  }

  @Test
  void clockIsTheProducts() {
    RemoteClock clock = RemoteClock.of(api);

    assertThat(clock.speed()).isEqualTo(60);
    assertThat(clock.now()).isCloseTo(START, within(60, ChronoUnit.SECONDS));
    assertThat(RemoteClock.of(api, 5.0).speed()).isEqualTo(5);
  }

  @Test
  void absentProductIsOneClearLine() {
    URI nowhere = URI.create("http://127.0.0.1:9");

    assertThatThrownBy(() -> RemoteClock.of(new Api(nowhere)))
        .isInstanceOf(RunnerException.class)
        .hasMessage("nothing answers at http://127.0.0.1:9: is localstack/up running?");
  }

  @Test
  void positionsGoOutWhenTheyAreRecorded() {
    Played played = phone(600, PingFormat.JSON, 500).play(track(4, 60));

    assertThat(played.points()).isEqualTo(4);
    assertThat(played.calls()).isEqualTo(4);
    JsonNode first = product.calls().getFirst().body();
    assertThat(product.calls().getFirst().path()).isEqualTo("/api/v1/participants/p1/locations");
    assertThat(product.calls().getFirst().authorization()).isEqualTo("Bearer abc.def");
    assertThat(first)
        .hasToString(
            "{\"locations\":[{\"latitude\":52.0,\"longitude\":-8.5,"
                + "\"recorded_at\":\"2019-02-18T07:45:50Z\",\"altitude_metres\":19.5}]}");
  }

  @Test
  void whatIsLateGoesTogether() {
    Played played = phone(1_000_000, PingFormat.JSON, 40).play(track(100, 1));

    assertThat(played.calls()).isLessThan(20);
    assertThat(sent()).isEqualTo(IntStream.range(0, 100).mapToObj(START::plusSeconds).toList());
    assertThat(product.calls())
        .allSatisfy(
            call -> assertThat(call.body().path("locations").size()).isLessThanOrEqualTo(40));
  }

  @Test
  void busyProductGetsItLater() {
    product.reply(503, "", "");
    product.reply(429, "0", "{}");
    product.reply(500, "0", "oops");

    Played played = phone(1_000, PingFormat.JSON, 500).play(track(3, 1));

    assertThat(played.calls()).isEqualTo(product.calls().size() - 3);
    assertThat(sent().stream().distinct())
        .containsExactly(START, START.plusSeconds(1), START.plusSeconds(2));
  }

  @Test
  void refusedCallEndsTheRide() {
    product.reply(
        403,
        "",
        """
        {"title": "No consent", "detail": "The participant has not agreed.",
         "errors": [{"field": "consent", "rule": "granted", "message": "must be granted"}]}\
        """);

    assertThatThrownBy(() -> phone(60, PingFormat.JSON, 500).play(track(3, 1)))
        .isInstanceOf(RunnerException.class)
        .hasMessage(
            "POST /api/v1/participants/p1/locations answered 403 No consent:"
                + " The participant has not agreed.: consent must be granted");
    assertThat(product.calls()).hasSize(1);
  }

  @Test
  void refusedPositionsAreCounted() {
    product.reply(
        202,
        "",
        """
        {"accepted": 0, "refused": [
          {"index": 0, "field": "recorded_at", "rule": "window", "message": "is too early"}]}\
        """);

    Played played = phone(600, PingFormat.JSON, 1).play(track(2, 1));

    assertThat(played)
        .hasToString("2 positions in 2 calls, 1 refused: {recorded_at is too early=1}");
  }

  @Test
  void ownTracksSendsOnePositionACall() {
    Played played = phone(1_000_000, PingFormat.OWNTRACKS, 500).play(track(2, 1));

    assertThat(played.calls()).isEqualTo(2);
    assertThat(product.calls().getFirst().path()).isEqualTo("/api/v1/owntracks");
    assertThat(product.calls().getFirst().authorization()).isEqualTo("Basic cDE6YWJjLmRlZg==");
    assertThat(product.calls().getFirst().body())
        .hasToString(
            "{\"_type\":\"location\",\"tid\":\"re\",\"t\":\"u\",\"lat\":52.0,\"lon\":-8.5,"
                + "\"tst\":1550475950,\"alt\":20}");
  }

  private Phone phone(double speed, PingFormat format, int batch) {
    return new Phone(api, new RemoteClock(START, System.nanoTime(), speed), LINK, format, batch);
  }

  private List<Instant> sent() {
    List<Instant> sent = new ArrayList<>();
    for (FakeProduct.Call call : product.calls()) {
      call.body()
          .path("locations")
          .forEach(ping -> sent.add(Instant.parse(ping.path("recorded_at").asText())));
    }
    return sent;
  }

  private static Track track(int points, int interval) {
    return new Track(
        "test",
        IntStream.range(0, points)
            .mapToObj(
                i -> new TrackPoint(START.plusSeconds((long) i * interval), 52 + i, -8.5, 19.5))
            .toList());
  }
}
