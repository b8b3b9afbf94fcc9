package app.turnout.eta.router;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What came of asking for ways.
public sealed interface Ways {
  /// One for each position, in their order; empty where no road leads from there, or none is near.
  record Found(List<Optional<Way>> ways) implements Ways {
    public Found {
      ways = List.copyOf(ways);
    }
  }

  /// The router did not answer, or not with sense.
  ///
  /// @param dueAt when to ask again
  record Away(Instant dueAt) implements Ways {}

  /// There is no router for this mode.
  record NoRouter() implements Ways {}
}
