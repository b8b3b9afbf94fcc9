package app.turnout.participants.links;

import io.micronaut.serde.annotation.Serdeable;
import java.util.UUID;

/// To whom links are on their way.
///
/// @param recipients who are expected and have an e-mail address: to each of them one mail
/// @param sentRecently who were sent theirs within the last ten minutes, and are left out
/// @param withoutEmail who are expected, and cannot be written to
@Serdeable
record SendingResponse(UUID occurrenceId, int recipients, int sentRecently, int withoutEmail) {}
