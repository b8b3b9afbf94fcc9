package app.turnout.locations.pings;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;

/// Any message of OwnTracks: https://owntracks.org/booklet/tech/json/
///
/// A `location` has `lat` and `lon` (degrees), `tst` (seconds since 1970) and perhaps `acc`
/// (metres), `alt` (metres), `vel` (km/h), `cog` (degrees) and `batt` (percent). Of the others only
/// the type is read.
///
/// @param type such as `location`, `transition`, `waypoints`, `status`, `lwt`
@Serdeable
@JsonIgnoreProperties(ignoreUnknown = true)
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
record OwnTracksMessage(@JsonProperty("_type") @Size(max = 50) String type) {}
