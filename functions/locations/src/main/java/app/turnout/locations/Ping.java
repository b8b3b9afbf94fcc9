package app.turnout.locations;

import app.turnout.domain.GeoPoint;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// One position of a participant at one time.
///
/// @param recordedAt by the phone's clock, to the microsecond; a participant has one ping at a time
/// @param accuracyMetres radius within which the phone believes to be
/// @param altitudeMetres above sea level
/// @param headingDegrees clockwise from true north, 0 to 360
/// @param batteryPercent 0 to 100
public record Ping(
    Instant recordedAt,
    GeoPoint position,
    @Nullable Double accuracyMetres,
    @Nullable Double altitudeMetres,
    @Nullable Double speedMetresPerSecond,
    @Nullable Double headingDegrees,
    @Nullable Double batteryPercent) {
  /// No phone is less exact, and no fix less useful: the distance between two cities.
  public static final long MAX_ACCURACY_METRES = 100_000;

  /// From the deepest mine to above any airliner.
  public static final long MIN_ALTITUDE_METRES = -5_000;

  public static final long MAX_ALTITUDE_METRES = 20_000;

  /// Faster than any airliner over the ground.
  public static final long MAX_SPEED_METRES_PER_SECOND = 400;

  public Ping {
    recordedAt = recordedAt.truncatedTo(ChronoUnit.MICROS);
    require(accuracyMetres, 0, MAX_ACCURACY_METRES, "accuracy_metres");
    require(altitudeMetres, MIN_ALTITUDE_METRES, MAX_ALTITUDE_METRES, "altitude_metres");
    require(speedMetresPerSecond, 0, MAX_SPEED_METRES_PER_SECOND, "speed_metres_per_second");
    require(headingDegrees, 0, 360, "heading_degrees");
    require(batteryPercent, 0, 100, "battery_percent");
  }

  private static void require(@Nullable Double value, long least, long most, String name) {
    if (value != null && !(value >= least && value <= most)) {
      throw new IllegalArgumentException(name + " must be from " + least + " to " + most);
    }
  }
}
