package app.turnout.participants.guestlist;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether a participant lets the organiser see where they are.
///
/// @param changedAt when they last said so; null when they never did
public record Consent(boolean granted, @Nullable Instant changedAt) {
  static final Consent NEVER_ASKED = new Consent(false, null);
}
