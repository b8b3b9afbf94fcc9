package app.turnout.participants.guestlist;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.ParticipantId;
import app.turnout.platform.attendance.ParticipantStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Somebody expected at an occurrence, as stored.
record Participant(
    ParticipantId id,
    EventId event,
    OccurrenceId occurrence,
    String name,
    @Nullable String phone,
    @Nullable String email,
    String locale,
    ParticipantStatus status,
    Consent consent,
    Instant createdAt) {}
