package app.turnout.participants.links;

import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/// How links are sent to all of a date.
///
/// @param again true sends also to those who were sent theirs within the last ten minutes
@Serdeable
record SendLinksRequest(@Nullable Boolean again) {}
