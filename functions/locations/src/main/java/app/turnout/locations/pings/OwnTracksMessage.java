package app.turnout.locations.pings;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// Any message of OwnTracks, as the API document shows it: https://owntracks.org/booklet/tech/json/
///
/// @param type such as `location`, `transition`, `waypoints`, `status`, `lwt`
/// @param lat degrees; a location has it
/// @param lon degrees; a location has it
/// @param tst seconds since 1970; a location has it
/// @param acc metres
/// @param alt metres above sea level
/// @param vel km/h
/// @param cog course over ground, degrees
/// @param batt percent
@Serdeable
@JsonIgnoreProperties(ignoreUnknown = true)
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
record OwnTracksMessage(
    @JsonProperty("_type") String type,
    @Nullable Double lat,
    @Nullable Double lon,
    @Nullable Long tst,
    @Nullable Double acc,
    @Nullable Double alt,
    @Nullable Double vel,
    @Nullable Double cog,
    @Nullable Double batt) {}
