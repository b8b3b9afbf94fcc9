package app.turnout.eta.outlooks;

import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// When the participants of an event's date will be there.
///
/// @param asOf the time of this answer, which stands for the caller's own clock
/// @param nextCursor where the next page starts; null on the last one
@Serdeable
record EventEtaResponse(
    UUID eventId,
    UUID occurrenceId,
    OffsetDateTime asOf,
    DestinationBody destination,
    List<EtaResponse> data,
    @Nullable String nextCursor) {
  EventEtaResponse {
    data = List.copyOf(data);
  }
}
