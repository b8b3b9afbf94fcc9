package app.turnout.live;

import io.micronaut.serde.annotation.Serdeable;

/// Where participants are expected.
///
/// @param arrivalRadiusMetres within which they have arrived
@Serdeable
public record DestinationBody(double latitude, double longitude, double arrivalRadiusMetres) {}
