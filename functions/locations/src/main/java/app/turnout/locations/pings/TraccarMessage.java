package app.turnout.locations.pings;

import app.turnout.domain.GeoPoint;
import app.turnout.locations.Ping;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// What Traccar Client sends since version 9: https://www.traccar.org/osmand/
///
/// @param deviceId the device's token
/// @param location one, or an array of up to 500
@Serdeable
@JsonIgnoreProperties(ignoreUnknown = true)
record TraccarMessage(
    @Nullable String deviceId, @Schema(implementation = Location.class) JsonNode location) {

  /// One position; without `coords` the app only says that it is alive.
  @Serdeable
  @JsonIgnoreProperties(ignoreUnknown = true)
  @Schema(additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
  record Location(
      @Nullable OffsetDateTime timestamp, @Nullable Coords coords, @Nullable Battery battery) {
    /// Throws NullPointerException where there are no `coords` or no `timestamp`.
    Ping toPing() {
      Coords at = java.util.Objects.requireNonNull(coords);
      Double level = battery == null ? null : known(battery.level());
      return new Ping(
          java.util.Objects.requireNonNull(timestamp).toInstant(),
          new GeoPoint(at.latitude(), at.longitude()),
          known(at.accuracy()),
          at.altitude(),
          known(at.speed()),
          known(at.heading()),
          level == null ? null : level * 100);
    }
  }

  /// Degrees and metres; a negative accuracy, speed (metres a second) or heading is not known.
  @Serdeable
  @JsonIgnoreProperties(ignoreUnknown = true)
  @Schema(additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
  record Coords(
      @DecimalMin("-90") @DecimalMax("90") double latitude,
      @DecimalMin("-180") @DecimalMax("180") double longitude,
      @Nullable @Max(Ping.MAX_ACCURACY_METRES) Double accuracy,
      @Nullable @Max(Ping.MAX_SPEED_METRES_PER_SECOND) Double speed,
      @Nullable @Max(360) Double heading,
      @Nullable @Min(Ping.MIN_ALTITUDE_METRES) @Max(Ping.MAX_ALTITUDE_METRES) Double altitude) {}

  /// @param level 0 to 1; a negative one is not known
  @Serdeable
  @JsonIgnoreProperties(ignoreUnknown = true)
  @Schema(additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
  record Battery(@Nullable @Max(1) Double level) {}

  private static @Nullable Double known(@Nullable Double value) {
    return value == null || value < 0 ? null : value;
  }
}
