package app.turnout.locations.history;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some pings of a participant.
///
/// @param nextCursor where the next page starts; null on the last one
@Serdeable
record HistoryResponse(List<PingResponse> data, @Nullable String nextCursor) {
  HistoryResponse {
    data = List.copyOf(data);
  }
}
