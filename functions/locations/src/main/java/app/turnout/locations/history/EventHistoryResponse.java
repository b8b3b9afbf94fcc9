package app.turnout.locations.history;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Some pings of a date's participants.
///
/// @param nextCursor where the next page starts; null on the last one
@Serdeable
record EventHistoryResponse(
    UUID eventId,
    UUID occurrenceId,
    List<ParticipantPingResponse> data,
    @Nullable String nextCursor) {
  EventHistoryResponse {
    data = List.copyOf(data);
  }
}
