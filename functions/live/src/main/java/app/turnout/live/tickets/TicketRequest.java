package app.turnout.live.tickets;

import io.micronaut.serde.annotation.Serdeable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What somebody wants to watch.
///
/// @param occurrenceId a date of the event; by default the current one, else the next, else the
///   last
@Serdeable
record TicketRequest(UUID eventId, @Nullable UUID occurrenceId) {}
