package app.turnout.participants.guestlist;

import app.turnout.domain.TravelMode;
import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/// What a participant says of being located.
///
/// @param granted true gives the consent, false withdraws it
/// @param travelMode how they come; null leaves it as it is
@Serdeable
record ConsentRequest(boolean granted, @Nullable TravelMode travelMode) {}
