package app.turnout.participants.guestlist.imports;

import io.micronaut.serde.annotation.Serdeable;

/// A part that was taken.
///
/// @param number of the part, from 1
@Serdeable
record ImportPartResponse(int number, int bytes) {}
