package app.turnout.tracks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// What is kept is what the router gives, where there is one with the map.
@EnabledIfEnvironmentVariable(
    named = "TURNOUT_OSRM_URL",
    matches = ".+",
    disabledReason = "No router: TURNOUT_OSRM_URL is not set")
class KeptTracksTest {
  private static final Path TESTS = Path.of("../../functions/eta/src/test/resources/tracks");
  private static final Path DEMO = Path.of("../runner/src/main/resources/tracks");

  @Test
  void keptTracksAreThoseThatTheRouterGives() throws IOException {
    Krems krems = new Krems(new Router(URI.create(System.getenv("TURNOUT_OSRM_URL"))));
    List<MadeTrack> measured = krems.measured(MakeTracks.MEASURED, MakeTracks.MEASURED_SEED);

    try (InputStream packed =
        new GZIPInputStream(Files.newInputStream(TESTS.resolve("krems.gpx.gz")))) {
      assertThat(Gpx.of(MakeTracks.MEASURED_TITLE, measured))
          .isEqualTo(new String(packed.readAllBytes(), StandardCharsets.UTF_8));
    }
    assertThat(Arrivals.of(measured)).isEqualTo(Files.readString(TESTS.resolve("krems.csv")));
    assertThat(Gpx.of(MakeTracks.DEMO_TITLE, krems.demonstration(MakeTracks.DEMO_SEED)))
        .isEqualTo(Files.readString(DEMO.resolve("krems.gpx")));
  }
}
