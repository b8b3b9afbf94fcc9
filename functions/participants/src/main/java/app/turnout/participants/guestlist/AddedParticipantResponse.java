package app.turnout.participants.guestlist;

import app.turnout.domain.TravelMode;
import app.turnout.platform.attendance.ParticipantStatus;
import app.turnout.platform.idempotency.Secretive;
import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A participant who was added just now, with the link that is shown this once.
///
/// @param link null only in the copy that is kept for a repeated request
@Serdeable
record AddedParticipantResponse(
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
    ConsentResponse consent,
    @Nullable LinkResponse link,
    OffsetDateTime createdAt)
    implements Secretive<AddedParticipantResponse> {
  AddedParticipantResponse {
    tags = List.copyOf(tags);
  }

  static AddedParticipantResponse of(Participant participant, LinkResponse link) {
    return of(ParticipantResponse.of(participant), link);
  }

  private static AddedParticipantResponse of(
      ParticipantResponse added, @Nullable LinkResponse link) {
    return new AddedParticipantResponse(
        added.id(),
        added.eventId(),
        added.occurrenceId(),
        added.name(),
        added.phone(),
        added.email(),
        added.locale(),
        added.note(),
        added.tags(),
        added.travelMode(),
        added.status(),
        added.consent(),
        link,
        added.createdAt());
  }

  @Override
  public AddedParticipantResponse withoutSecrets() {
    return withLink(null);
  }

  AddedParticipantResponse withLink(@Nullable LinkResponse other) {
    return of(
        new ParticipantResponse(
            id,
            eventId,
            occurrenceId,
            name,
            phone,
            email,
            locale,
            note,
            tags,
            travelMode,
            status,
            null,
            consent,
            createdAt),
        other);
  }
}
