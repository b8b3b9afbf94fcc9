package app.turnout.eta;

import app.turnout.domain.GeoPoint;
import java.sql.Array;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The last minutes' pings of one participant, thinned, in the order of time: what tells how
/// somebody moves. It is kept with what was computed, so that the next time later pings alone are
/// read.
///
/// In the database an array of `double precision`, four a ping: the time in microseconds since
/// 1970-01-01T00:00Z (exact until the year 2255), latitude and longitude in degrees, accuracy in
/// metres.
record Trail(List<Ping> pings) {
  /// How far back pings tell what somebody does.
  static final Duration WINDOW = Duration.ofMinutes(6);

  /// Of each such span since 1970, the newest ping: those between say nothing more of it.
  static final Duration STEP = Duration.ofSeconds(30);

  /// That of the database's times.
  static final Duration RESOLUTION = Duration.of(1, ChronoUnit.MICROS);

  private static final int NUMBERS = 4;

  Trail {
    pings = List.copyOf(pings);
  }

  /// Of pings in any order; those too old for the newest of them are left out.
  static Trail of(Collection<Ping> pings) {
    TreeMap<Instant, Ping> byTime = new TreeMap<>();
    pings.forEach(ping -> byTime.put(ping.time(), ping));
    TreeMap<Long, Ping> newestOfSpan = new TreeMap<>();
    if (!byTime.isEmpty()) {
      byTime
          .tailMap(byTime.lastKey().minus(WINDOW))
          .forEach(
              (time, ping) ->
                  newestOfSpan.put(Math.floorDiv(time.getEpochSecond(), STEP.toSeconds()), ping));
    }
    return new Trail(List.copyOf(newestOfSpan.values()));
  }

  /// As it is in the database; null is the trail of somebody of whom nothing was computed yet.
  static Trail of(@Nullable Array stored) throws SQLException {
    List<Ping> pings = new ArrayList<>();
    if (stored != null) {
      Double[] numbers = (Double[]) stored.getArray();
      for (int i = 0; i < numbers.length; i += NUMBERS) {
        pings.add(
            new Ping(
                Instant.EPOCH.plus(numbers[i].longValue(), ChronoUnit.MICROS),
                new GeoPoint(numbers[i + 1], numbers[i + 2]),
                numbers[i + 3]));
      }
    }
    return new Trail(pings);
  }

  /// When it ends; where it is too old to say anything of the given ping, just before it would
  /// begin.
  Instant endsBefore(Ping latest) {
    Instant beginning = latest.time().minus(WINDOW).minus(RESOLUTION);
    return pings.isEmpty() || pings.getLast().time().isBefore(beginning)
        ? beginning
        : pings.getLast().time();
  }

  /// As PostgreSQL reads an array.
  String toArrayLiteral() {
    return pings.stream()
        .map(
            ping ->
                micros(ping.time())
                    + ","
                    + ping.position().latitude()
                    + ","
                    + ping.position().longitude()
                    + ","
                    + ping.accuracyMetres())
        .collect(Collectors.joining(",", "{", "}"));
  }

  static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
