package app.turnout.eta;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import org.jspecify.annotations.Nullable;

/// One date of an event, and where it takes place.
///
/// @param place null when the event has no position
record Venue(EventId event, OccurrenceId occurrence, @Nullable Place place) {}
