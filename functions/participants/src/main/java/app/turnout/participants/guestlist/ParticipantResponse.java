package app.turnout.participants.guestlist;

import app.turnout.domain.TravelMode;
import app.turnout.platform.attendance.ParticipantDetails;
import app.turnout.platform.attendance.ParticipantStatus;
import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A participant.
///
/// @param note for the organisers only: null when the participant asks
/// @param tags for the organisers only: none when the participant asks
/// @param travelMode how they come
/// @param checkIn null while they are not checked in
@Serdeable
public record ParticipantResponse(
    UUID id,
    UUID eventId,
    UUID occurrenceId,
    String name,
    @Nullable String phone,
    @Nullable String email,
    String locale,
    @Nullable String note,
    List<String> tags,
    TravelMode travelMode,
    ParticipantStatus status,
    @Nullable CheckInResponse checkIn,
    ConsentResponse consent,
    OffsetDateTime createdAt) {
  public ParticipantResponse {
    tags = List.copyOf(tags);
  }

  /// What organisers see.
  public static ParticipantResponse of(Participant participant) {
    ParticipantDetails details = participant.details();
    return new ParticipantResponse(
        participant.id().value(),
        participant.event().value(),
        participant.occurrence().value(),
        details.name(),
        details.phone(),
        details.email(),
        details.locale(),
        details.note(),
        details.tags(),
        details.travelMode(),
        participant.status(),
        CheckInResponse.of(participant.checkIn()),
        ConsentResponse.of(participant.consent()),
        participant.createdAt().atOffset(ZoneOffset.UTC));
  }

  /// What the participant sees of themselves.
  static ParticipantResponse forThemselves(Participant participant) {
    ParticipantResponse whole = of(participant);
    return new ParticipantResponse(
        whole.id(),
        whole.eventId(),
        whole.occurrenceId(),
        whole.name(),
        whole.phone(),
        whole.email(),
        whole.locale(),
        null,
        List.of(),
        whole.travelMode(),
        whole.status(),
        whole.checkIn() == null ? null : whole.checkIn().withoutBy(),
        whole.consent(),
        whole.createdAt());
  }
}
