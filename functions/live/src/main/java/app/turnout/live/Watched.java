package app.turnout.live;

import java.time.Instant;
import java.util.List;

/// Who watches a date now, and what they were told last.
///
/// @param positionsSentAt when positions were sent last; long ago when they were not
/// @param refreshDueAt until when an `eta-refresh` is on its way; long ago when none is
public record Watched(List<Connection> connections, Instant positionsSentAt, Instant refreshDueAt) {
  public Watched {
    connections = List.copyOf(connections);
  }
}
