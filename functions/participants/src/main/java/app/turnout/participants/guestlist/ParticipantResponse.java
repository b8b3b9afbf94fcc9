package app.turnout.participants.guestlist;

import app.turnout.platform.attendance.ParticipantStatus;
import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A participant.
@Serdeable
record ParticipantResponse(
    UUID id,
    UUID eventId,
    UUID occurrenceId,
    String name,
    @Nullable String phone,
    @Nullable String email,
    String locale,
    ParticipantStatus status,
    ConsentResponse consent,
    OffsetDateTime createdAt) {
  static ParticipantResponse of(Participant participant) {
    return new ParticipantResponse(
        participant.id().value(),
        participant.event().value(),
        participant.occurrence().value(),
        participant.name(),
        participant.phone(),
        participant.email(),
        participant.locale(),
        participant.status(),
        ConsentResponse.of(participant.consent()),
        participant.createdAt().atOffset(ZoneOffset.UTC));
  }
}
