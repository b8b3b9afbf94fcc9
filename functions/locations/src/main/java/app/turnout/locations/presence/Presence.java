package app.turnout.locations.presence;

import java.time.Duration;

/// When somebody is at a place. Within its arrival radius one is inside. Outside is only who is
/// further away than [#AWAY_FACTOR] times the radius, and by [#AWAY_METRES] at least: what lies
/// between says nothing, so that nobody comes and goes by the noise of their phone at the edge. Nor
/// does a ping whose accuracy is worse than the radius, and than [#ACCURACY_METRES].
///
/// Who stays inside for [#DWELL] has arrived, at the first of those pings; a bus that passes by has
/// not. Who arrived and then stays outside as long has left.
public final class Presence {
  public static final Duration DWELL = Duration.ofMinutes(2);

  /// After so long without a ping one is taken to be still where the last one was.
  public static final Duration SILENCE = Duration.ofMinutes(5);

  public static final double AWAY_FACTOR = 1.5;
  public static final double AWAY_METRES = 50;
  public static final double ACCURACY_METRES = 100;

  private Presence() {}
}
