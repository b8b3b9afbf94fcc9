package app.turnout.runner.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.turnout.runner.RunnerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackTest {
  @TempDir private Path folder;

  @Test
  void busRideIsReadWhole() {
    Track ride = Track.resource("/tracks/limerick-bus-304.gpx");

    assertThat(ride.points()).hasSize(2_144);
    assertThat(ride.start().time()).isEqualTo(Instant.parse("2019-02-18T07:45:50Z"));
    assertThat(ride.end())
        .isEqualTo(
            new TrackPoint(Instant.parse("2019-02-18T09:00:26Z"), 52.672777, -8.570741, 16.5));
    assertThat(ride.start().metresTo(ride.end())).isCloseTo(7_826, within(10.0));
  }

  @Test
  void pointsAreInOrderOfTheirTimesAndThoseWithoutAreLeftOut() throws IOException {
    Track track =
        read(
            """
            <gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>
            <trkpt lat="2" lon="0"><time>2026-01-01T10:00:02+01:00</time></trkpt>
            <trkpt lat="9" lon="0"><ele>5</ele></trkpt>
            <trkpt lat="1" lon="0"><ele> 7.5 </ele><time> 2026-01-01T09:00:01.5Z </time>
              <extensions><x xmlns="x"><time>nonsense</time></x></extensions></trkpt>
            </trkseg></trk></gpx>
            """);

    assertThat(track.points())
        .containsExactly(
            new TrackPoint(Instant.parse("2026-01-01T09:00:01.5Z"), 1, 0, 7.5),
            new TrackPoint(Instant.parse("2026-01-01T09:00:02Z"), 2, 0, null));
  }

  @Test
  void shiftedTrackKeepsItsIntervals() {
    Track ride = Track.resource("/tracks/limerick-bus-304.gpx");
    Instant now = Instant.parse("2026-05-01T10:00:00Z");

    Track shifted = ride.startingAt(now);

    assertThat(shifted.start().time()).isEqualTo(now);
    assertThat(Duration.between(shifted.start().time(), shifted.end().time()))
        .isEqualTo(Duration.between(ride.start().time(), ride.end().time()));
  }

  @Test
  void thirtyAreOnTheirWayThroughKrems() {
    List<Track> tracks = Track.resources("/tracks/krems.gpx");

    assertThat(tracks).hasSize(30);
    assertThat(tracks).extracting(Track::name).startsWith("Anna", "Budi").doesNotHaveDuplicates();
    assertThat(tracks)
        .allSatisfy(
            track -> {
              assertThat(track.points()).hasSizeGreaterThan(5);
              assertThat(track.start().time()).isAfter(Instant.parse("2019-02-18T07:30:00Z"));
              assertThat(track.end().time()).isBefore(Instant.parse("2019-02-18T09:00:00Z"));
            });
  }

  @Test
  void whatIsNoTrackIsOneClearLine() {
    assertThatThrownBy(() -> read("no xml"))
        .isInstanceOf(RunnerException.class)
        .hasMessageStartingWith("track.gpx is no GPX track");
    assertThatThrownBy(() -> read("<gpx><trkpt lat='x' lon='1'/></gpx>"))
        .isInstanceOf(RunnerException.class)
        .hasMessageStartingWith("track.gpx is no GPX track");
    assertThatThrownBy(() -> read("<gpx/>"))
        .isInstanceOf(RunnerException.class)
        .hasMessage("track.gpx has no point with a time");
    assertThatThrownBy(() -> Track.read(folder.resolve("absent.gpx")))
        .isInstanceOf(RunnerException.class)
        .hasMessageStartingWith("cannot read");
  }

  private Track read(String gpx) throws IOException {
    return Track.read(Files.writeString(folder.resolve("track.gpx"), gpx));
  }
}
