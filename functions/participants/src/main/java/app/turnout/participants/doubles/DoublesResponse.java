package app.turnout.participants.doubles;

import app.turnout.participants.guestlist.ParticipantResponse;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/// Participants of a date who may be one person.
///
/// @param by what they have in common
/// @param value the phone, or the e-mail address in lower case
/// @param count how many they are
/// @param participants the first twenty of them, in the order in which they were added
@Serdeable
record DoublesResponse(Shared by, String value, int count, List<ParticipantResponse> participants) {
  DoublesResponse {
    participants = List.copyOf(participants);
  }
}
