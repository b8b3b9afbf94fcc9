package app.turnout.participants.guestlist;

import io.micronaut.serde.annotation.Serdeable;

/// What a participant says of being located.
///
/// @param granted true gives the consent, false withdraws it
@Serdeable
record ConsentRequest(boolean granted) {}
