package app.turnout.locations.pings;

import app.turnout.domain.GeoPoint;
import app.turnout.locations.Ping;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// OwnTracks' `_type=location`, what we use of it: https://owntracks.org/booklet/tech/json/
///
/// @param lat degrees
/// @param lon degrees
/// @param tst seconds since 1970, when the position was fixed
/// @param acc metres; a negative one is iOS's way to say that it is not known, as in those below
/// @param alt metres above sea level
/// @param vel km/h
/// @param cog course over ground, degrees
/// @param batt percent
@Serdeable
@JsonIgnoreProperties(ignoreUnknown = true)
record OwnTracksLocation(
    @DecimalMin("-90") @DecimalMax("90") double lat,
    @DecimalMin("-180") @DecimalMax("180") double lon,
    @Min(0) @Max(MAX_TST) long tst,
    @Nullable @Max(Ping.MAX_ACCURACY_METRES) Double acc,
    @Nullable @Min(Ping.MIN_ALTITUDE_METRES) @Max(Ping.MAX_ALTITUDE_METRES) Double alt,
    @Nullable @Max(MAX_KM_PER_HOUR) Double vel,
    @Nullable @Max(360) Double cog,
    @Nullable @Max(100) Double batt) {
  /// The end of the year 9999.
  private static final long MAX_TST = 253_402_300_799L;

  private static final long MAX_KM_PER_HOUR = Ping.MAX_SPEED_METRES_PER_SECOND * 36 / 10;

  Ping toPing() {
    Double kmPerHour = known(vel);
    return new Ping(
        Instant.ofEpochSecond(tst),
        new GeoPoint(lat, lon),
        known(acc),
        alt,
        kmPerHour == null ? null : kmPerHour / 3.6,
        known(cog),
        known(batt));
  }

  private static @Nullable Double known(@Nullable Double value) {
    return value == null || value < 0 ? null : value;
  }
}
