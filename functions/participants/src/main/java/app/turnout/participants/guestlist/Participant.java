package app.turnout.participants.guestlist;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.ParticipantId;
import app.turnout.platform.attendance.CheckedInBy;
import app.turnout.platform.attendance.ParticipantDetails;
import app.turnout.platform.attendance.ParticipantStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Somebody expected at an occurrence, as stored.
///
/// @param checkIn null while they are not checked in
public record Participant(
    ParticipantId id,
    EventId event,
    OccurrenceId occurrence,
    ParticipantDetails details,
    ParticipantStatus status,
    @Nullable CheckIn checkIn,
    Consent consent,
    Instant createdAt,
    long version) {
  /// When somebody came, and who says so.
  ///
  /// @param by null when that was not kept
  public record CheckIn(Instant at, @Nullable CheckedInBy by) {}
}
