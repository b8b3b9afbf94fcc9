package app.turnout.events.planning;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which events are asked for; what is null is any.
///
/// @param archived those that are archived, else those that are not
record EventFilter(
    @Nullable String q,
    @Nullable String category,
    @Nullable String type,
    @Nullable String status,
    @Nullable UUID createdBy,
    @Nullable OffsetDateTime from,
    @Nullable OffsetDateTime to,
    boolean archived) {}
