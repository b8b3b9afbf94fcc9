package app.turnout.runner.replay;

import app.turnout.runner.RunnerException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// A recorded track: at least one point, in the order of their times.
public record Track(String name, List<TrackPoint> points) {
  public Track {
    if (points.isEmpty()) {
      throw new RunnerException(name + " has no point with a time");
    }
    points = points.stream().sorted(Comparator.comparing(TrackPoint::time)).toList();
  }

  /// Reads a GPX 1.0 or 1.1 file.
  ///
  /// @throws RunnerException when there is no such file, or it is no track with times
  public static Track read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return GpxReader.read(file.getFileName().toString(), in);
    } catch (IOException e) {
      throw new RunnerException("cannot read " + file, e);
    }
  }

  /// Reads a GPX file from the class path.
  public static Track resource(String path) {
    return resource(path, in -> GpxReader.read(path.substring(path.lastIndexOf('/') + 1), in));
  }

  /// Reads each track of a GPX file from the class path, by the name that it has there.
  public static List<Track> resources(String path) {
    return resource(path, in -> GpxReader.readAll(path.substring(path.lastIndexOf('/') + 1), in));
  }

  private static <T> T resource(String path, Function<InputStream, T> reader) {
    try (InputStream in = Track.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new RunnerException("no resource " + path);
      }
      return reader.apply(in);
    } catch (IOException e) {
      throw new RunnerException("cannot read " + path, e);
    }
  }

  public TrackPoint start() {
    return points.getFirst();
  }

  public TrackPoint end() {
    return points.getLast();
  }

  /// The same track at another time.
  public Track startingAt(Instant time) {
    Duration shift = Duration.between(start().time(), time);
    return new Track(name, points.stream().map(point -> point.later(shift)).toList());
  }
}
