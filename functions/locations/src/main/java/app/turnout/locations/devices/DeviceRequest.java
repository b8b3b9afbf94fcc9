package app.turnout.locations.devices;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.Size;

/// A device to let in.
///
/// @param name for telling it from others
@Serdeable
record DeviceRequest(@Size(min = 1, max = 100) String name) {}
