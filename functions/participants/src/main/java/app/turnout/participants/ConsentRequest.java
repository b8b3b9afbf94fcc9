package app.turnout.participants;

import io.micronaut.serde.annotation.Serdeable;

/// @param granted true gives the consent, false withdraws it
@Serdeable
record ConsentRequest(boolean granted) {}
