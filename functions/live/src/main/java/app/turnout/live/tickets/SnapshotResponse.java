package app.turnout.live.tickets;

import app.turnout.live.DateBody;
import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a date is like now, for those who watch it.
///
/// @param sequence the number of the last change that is in it for certain; what comes with a
///   higher one is to be applied
/// @param nextCursor of the next part, where not all participants are in this one; null at the end
@Serdeable
record SnapshotResponse(
    UUID eventId,
    UUID occurrenceId,
    long sequence,
    OffsetDateTime asOf,
    DateBody event,
    List<SnapshotParticipantResponse> participants,
    @Nullable String nextCursor) {
  SnapshotResponse {
    participants = List.copyOf(participants);
  }
}
