package app.turnout.events.planning;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// When the copy of an event is held.
///
/// @param startsAt the copy lasts as long as the original
/// @param title the original's when not given
@Serdeable
record CopyEventRequest(
    OffsetDateTime startsAt, @Nullable @Size(min = 1, max = 200) String title) {}
