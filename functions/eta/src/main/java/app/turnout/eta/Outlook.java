package app.turnout.eta;

import org.jspecify.annotations.Nullable;

/// What is to be expected of one participant.
///
/// @param estimate null before the first ping
record Outlook(Traveller traveller, @Nullable Estimate estimate) {}
