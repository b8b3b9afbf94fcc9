package app.turnout.eta.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.turnout.domain.GeoPoint;
import io.micronaut.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OsrmTableTest {
  private static final GeoPoint PLACE = new GeoPoint(48.4104, 15.6207);

  private final FakeOsrm osrm = new FakeOsrm();
  private final HttpClient client = OsrmTable.client();
  private final OsrmTable table =
      new OsrmTable(client, JsonMapper.createDefault(), URI.create(osrm.address()), "car");

  @AfterEach
  void stop() {
    client.shutdownNow();
    osrm.close();
  }

  @Test
  void everybodyIsAskedForByOneCallWithRadii() {
    List<Optional<Way>> ways = table.ways(positions(1_000), PLACE);

    assertThat(ways).hasSize(1_000).allMatch(Optional::isPresent);
    assertThat(osrm.asked()).hasSize(1);
    FakeOsrm.Asked asked = osrm.asked().getFirst();
    assertThat(asked.path()).isEqualTo("/table/v1/car/");
    assertThat(asked.size()).isEqualTo(1_001);
    assertThat(asked.latitudes().getFirst()).isEqualTo(48.4104);
    assertThat(asked.longitudes().get(1)).isEqualTo(15.63);
    assertThat(asked.query())
        .startsWith(
            "destinations=0&annotations=duration,distance&generate_hints=false&radiuses=500;")
        .satisfies(query -> assertThat(query.split(";", -1)).hasSize(1_001));
    Way way = ways.getFirst().orElseThrow();
    assertThat(way.metres() / way.duration().toSeconds()).isBetween(9.9, 10.1);
    assertThat(way.offRoadMetres()).isEqualTo(5);
  }

  @Test
  void whoIsFarFromEveryRoadIsLeftOutAndTheOthersHaveTheirWays() {
    osrm.answer(
        asked -> {
          if (asked.hasRadii()) {
            return FakeOsrm.noSegment(2);
          }
          FakeOsrm.Answer answer = FakeOsrm.table(asked);
          int last = answer.body().lastIndexOf("\"distance\":5.0");
          return new FakeOsrm.Answer(
              200,
              answer.body().substring(0, last)
                  + "\"distance\":72343.36391"
                  + answer.body().substring(last + "\"distance\":5.0".length()));
        });

    List<Optional<Way>> ways = table.ways(positions(3), PLACE);

    assertThat(ways).extracting(Optional::isPresent).containsExactly(true, true, false);
    assertThat(osrm.asked()).hasSize(2);
  }

  @Test
  void whoCannotGetThereByRoadIsLeftOut() {
    osrm.answer(
        asked ->
            new FakeOsrm.Answer(
                200,
                """
                {"code":"Ok","distances":[[0],[null],[2000]],"durations":[[0],[null],[200]],
                 "destinations":[{"distance":0}],
                 "sources":[{"distance":0},{"distance":1},{"distance":1}]}
                """));

    List<Optional<Way>> ways = table.ways(positions(2), PLACE);

    assertThat(ways).extracting(Optional::isPresent).containsExactly(false, true);
  }

  @Test
  void tableThatIsTooLargeIsAskedForInHalves() {
    osrm.answer(asked -> asked.size() > 300 ? FakeOsrm.tooBig() : FakeOsrm.table(asked));

    assertThat(table.ways(positions(1_000), PLACE)).hasSize(1_000).allMatch(Optional::isPresent);
    assertThat(osrm.asked()).hasSizeLessThan(10);

    osrm.answer(
        asked ->
            asked.size() > 300
                ? new FakeOsrm.Answer(414, "<html>Request-URI Too Large</html>")
                : FakeOsrm.table(asked));
    assertThat(table.ways(positions(1_000), PLACE)).hasSize(1_000).allMatch(Optional::isPresent);
  }

  @Test
  void placeFarFromEveryRoadHasNoWays() {
    osrm.answer(asked -> FakeOsrm.noSegment(0));

    assertThat(table.ways(positions(2), PLACE)).containsExactly(Optional.empty(), Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "<html>502 Bad Gateway</html>",
        "{}",
        "{\"code\":\"Ok\"}",
        "{\"code\":7}",
        "{\"code\":\"InvalidQuery\",\"message\":\"Query string malformed close to position 12\"}",
        "{\"code\":\"Ok\",\"durations\":[],\"distances\":[],\"sources\":[],\"destinations\":[{\"distance\":0}]}",
        "{\"code\":\"Ok\",\"durations\":[[0],[-5]],\"distances\":[[0],[9]],\"sources\":[{\"distance\":0},{\"distance\":0}],\"destinations\":[{\"distance\":0}]}",
        "{\"code\":\"Ok\",\"durations\":[[0],[\"5\"]],\"distances\":[[0],[9]],\"sources\":[{\"distance\":0},{\"distance\":0}],\"destinations\":[{\"distance\":0}]}",
        "{\"code\":\"Ok\",\"durations\":[[0],5],\"distances\":[[0],[9]],\"sources\":[{\"distance\":0},{\"distance\":0}],\"destinations\":[{\"distance\":0}]}",
        "{\"code\":\"Ok\",\"durations\":[[0],[1e999]],\"distances\":[[0],[900]],\"sources\":[{\"distance\":0},{\"distance\":0}],\"destinations\":[{\"distance\":0}]}",
        // Zero seconds for a kilometre.
        "{\"code\":\"Ok\",\"durations\":[[0],[0]],\"distances\":[[0],[1000]],\"sources\":[{\"distance\":0},{\"distance\":0}],\"destinations\":[{\"distance\":0}]}",
        // Shorter than the straight line.
        "{\"code\":\"Ok\",\"durations\":[[0],[60]],\"distances\":[[0],[1]],\"sources\":[{\"distance\":0},{\"distance\":0}],\"destinations\":[{\"distance\":0}]}",
      })
  void answerWithoutSenseIsAFailure(String body) {
    osrm.answer(asked -> new FakeOsrm.Answer(200, body));

    assertThatThrownBy(() -> table.ways(positions(1), PLACE))
        .isInstanceOf(RouterFailedException.class)
        .message()
        .doesNotContain("15.6", "127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 429, 404, 301})
  void otherStatusIsAFailure(int status) {
    osrm.answer(asked -> new FakeOsrm.Answer(status, ""));

    assertThatThrownBy(() -> table.ways(positions(1), PLACE))
        .isInstanceOf(RouterFailedException.class);
  }

  @Test
  void silenceIsAFailure() {
    osrm.answer(asked -> osrm.hang());

    assertThatThrownBy(() -> table.ways(positions(1), PLACE))
        .isInstanceOf(RouterFailedException.class);
  }

  @Test
  void routerThatIsNotThereIsAFailure() {
    osrm.close();

    assertThatThrownBy(() -> table.ways(positions(1), PLACE))
        .isInstanceOf(RouterFailedException.class)
        .message()
        .doesNotContain("polyline");
  }

  @Test
  void polylineIsTheOneOfTheFormatsDescription() {
    // From the description, which has five decimals: a tenth of each here.
    assertThat(
            Polyline.encode(
                List.of(
                    new GeoPoint(3.85, -12.02),
                    new GeoPoint(4.07, -12.095),
                    new GeoPoint(4.3252, -12.6453))))
        .isEqualTo("_p~iF~ps|U_ulLnnqC_mqNvxq`@");
  }

  private static List<GeoPoint> positions(int count) {
    List<GeoPoint> positions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      positions.add(new GeoPoint(48.40 - i / 100_000.0, 15.63 + i / 100_000.0));
    }
    return positions;
  }
}
