package app.turnout.participants.guestlist.imports;

import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/// What is wrong with a line.
///
/// @param line where the row begins, from 1
/// @param column its name in the file; null when it is none in particular
/// @param field of the participant; `row` when it is the row as a whole
/// @param rule slug of the rule
/// @param message the rule, for people
@Serdeable
record ImportErrorResponse(
    long line, @Nullable String column, String field, String rule, String message) {}
