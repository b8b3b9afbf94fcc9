package app.turnout.live;

import io.micronaut.serde.annotation.Serdeable;
import java.util.UUID;

/// A participant of a date.
///
/// @param consented whether positions of theirs are taken
@Serdeable
public record ParticipantBody(
    UUID id, String name, String status, boolean consented, String travelMode) {
  /// As they are now.
  public static ParticipantBody of(ShownParticipant participant) {
    return new ParticipantBody(
        participant.id().value(),
        participant.name(),
        participant.status(),
        participant.consented(),
        participant.travelMode());
  }
}
