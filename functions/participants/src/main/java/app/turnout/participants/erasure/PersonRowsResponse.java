package app.turnout.participants.erasure;

import io.micronaut.serde.annotation.Serdeable;

/// What an erasure would find of a person now. What was written of them in logs, and where they
/// were, goes too.
///
/// @param participants rows on dates, those that are over too
/// @param events that these dates are of
/// @param rosterMembers rows on rosters
@Serdeable
record PersonRowsResponse(int participants, int events, int rosterMembers) {}
