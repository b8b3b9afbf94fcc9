package app.turnout.runner.demo;

import app.turnout.runner.replay.Track;
import app.turnout.runner.replay.TrackPoint;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// What somebody is on the way to: an event at the end of a track.
record Occasion(
    String title,
    Track track,
    Instant startsAt,
    Instant endsAt,
    ZoneId timeZone,
    Duration trackingOpensBefore) {
  static final double ARRIVAL_RADIUS_METRES = 150;

  private static final Duration AN_HOUR = Duration.ofHours(1);
  private static final Duration QUARTER = Duration.ofMinutes(15);

  /// The bus ride that ships with the runner: late for a lecture, because of a jam.
  static Occasion busRide() {
    return new Occasion(
        "Monday lecture",
        Track.resource("/tracks/limerick-bus-304.gpx"),
        Instant.parse("2019-02-18T08:45:00Z"),
        Instant.parse("2019-02-18T10:00:00Z"),
        ZoneId.of("Europe/Dublin"),
        AN_HOUR);
  }

  /// An event that starts within a quarter of an hour after the track's end.
  static Occasion of(Track track) {
    Instant hour = track.end().time().truncatedTo(ChronoUnit.HOURS);
    Instant start = hour;
    while (!start.isAfter(track.end().time())) {
      start = start.plus(QUARTER);
    }
    Duration needed = Duration.between(track.start().time(), start).plus(QUARTER);
    return new Occasion(
        track.name(),
        track,
        start,
        start.plus(AN_HOUR),
        ZoneId.of("Etc/UTC"),
        needed.compareTo(AN_HOUR) > 0 ? Duration.ofMinutes(needed.toMinutes()) : AN_HOUR);
  }

  /// The same at another time.
  Occasion later(Duration by) {
    return new Occasion(
        title,
        track.startingAt(track.start().time().plus(by)),
        startsAt.plus(by),
        endsAt.plus(by),
        timeZone,
        trackingOpensBefore);
  }

  TrackPoint destination() {
    return track.end();
  }

  /// When the track first comes within the arrival radius.
  Instant arrival() {
    return timesWithinRadius().getFirst();
  }

  List<Instant> timesWithinRadius() {
    return track.points().stream()
        .filter(point -> point.metresTo(destination()) <= ARRIVAL_RADIUS_METRES)
        .map(TrackPoint::time)
        .toList();
  }
}
