package app.turnout.events.dates;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// How a date is cancelled.
///
/// @param reason told to everyone who is expected
@Serdeable
record CancelDateRequest(@Nullable @Size(max = 1_000) String reason) {}
