package app.turnout.platform.live;

import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/// News of one date for all who watch it. Each is safe to send twice.
public sealed interface LiveUpdate {
  /// How many of its things one update carries: any kind of them is under 250 KB then, and a
  /// message of SQS takes 256 KB.
  int MOST = 1_000;

  OrganizationId organization();

  OccurrenceId occurrence();

  /// As it is on the wire, version 1; no names are in it.
  default String toJson() {
    return LiveUpdateJson.write(this);
  }

  /// Throws [IllegalArgumentException] when it is not such an update.
  static LiveUpdate parse(String text) {
    return LiveUpdateJson.parse(text);
  }

  /// Newest positions, in any order.
  ///
  /// @param positions 1 to [#MOST]
  record Positions(
      OrganizationId organization, OccurrenceId occurrence, List<LivePosition> positions)
      implements LiveUpdate {
    public Positions {
      positions = bounded(positions);
    }
  }

  /// Arrival times, in any order.
  ///
  /// @param asOf when they were found, to the millisecond
  /// @param etas 1 to [#MOST]
  record Etas(
      OrganizationId organization, OccurrenceId occurrence, Instant asOf, List<LiveEta> etas)
      implements LiveUpdate {
    public Etas {
      asOf = asOf.truncatedTo(ChronoUnit.MILLIS);
      etas = bounded(etas);
    }
  }

  /// Changes that last, in the order in which they happened. They are given their numbers where
  /// they are told.
  ///
  /// @param id the same when it is sent again, and no other's
  /// @param changes 1 to [#MOST]
  record Changes(
      OrganizationId organization, OccurrenceId occurrence, UUID id, List<LiveChange> changes)
      implements LiveUpdate {
    public Changes {
      changes = bounded(changes);
    }
  }

  private static <T> List<T> bounded(List<T> things) {
    if (things.isEmpty() || things.size() > MOST) {
      throw new IllegalArgumentException("an update has 1 to " + MOST + " of its things");
    }
    return List.copyOf(things);
  }
}
