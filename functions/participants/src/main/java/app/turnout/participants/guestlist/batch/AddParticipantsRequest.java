package app.turnout.participants.guestlist.batch;

import app.turnout.participants.guestlist.AddParticipantRequest;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.Size;
import java.util.List;

/// Several people to be expected; each is read by itself.
@Serdeable
record AddParticipantsRequest(
    @Size(min = 1, max = BatchRequest.MOST) List<AddParticipantRequest> participants) {
  AddParticipantsRequest {
    participants = List.copyOf(participants);
  }
}
