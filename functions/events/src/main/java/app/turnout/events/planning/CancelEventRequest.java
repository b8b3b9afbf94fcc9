package app.turnout.events.planning;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// How an event is cancelled.
///
/// @param reason told to everyone who is expected
@Serdeable
record CancelEventRequest(@Nullable @Size(max = 1_000) String reason) {}
