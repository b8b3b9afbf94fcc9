package app.turnout.events.planning;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an event says of itself beyond the first words.
///
/// @param refundPolicy null for the usual one
record Announcement(
    String language,
    Map<String, Translation> translations,
    @Nullable String imageUrl,
    @Nullable Instant registrationDeadline,
    @Nullable RefundPolicy refundPolicy,
    @Nullable String consentText,
    int confirmationMinutesBefore,
    int reminderMinutesBefore,
    int locationMinutesBefore) {
  Announcement {
    translations = Map.copyOf(translations);
  }
}
