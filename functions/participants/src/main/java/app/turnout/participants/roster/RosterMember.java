package app.turnout.participants.roster;

import app.turnout.domain.EventId;
import app.turnout.platform.attendance.ParticipantDetails;
import java.time.Instant;
import java.util.UUID;

/// Somebody who belongs to a recurring event, as stored.
///
/// @param expectedDates how many dates that are not over have a row of theirs
/// @param missingDates how many have none yet
record RosterMember(
    UUID id,
    EventId event,
    ParticipantDetails details,
    int expectedDates,
    int missingDates,
    Instant createdAt,
    long version) {}
