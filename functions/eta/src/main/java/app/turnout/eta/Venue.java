package app.turnout.eta;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One date of an event, when it starts, and where it takes place.
///
/// @param place null when the event has no position
public record Venue(
    EventId event, OccurrenceId occurrence, Instant startsAt, @Nullable Place place) {}
