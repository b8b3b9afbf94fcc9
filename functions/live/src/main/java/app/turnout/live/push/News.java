package app.turnout.live.push;

import app.turnout.domain.ParticipantId;
import app.turnout.platform.live.LiveChange;
import app.turnout.platform.live.LiveEta;
import app.turnout.platform.live.LivePosition;
import app.turnout.platform.live.LiveUpdate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What came of a date at once, merged: of each participant the newest position and the newest
/// arrival time, and all changes in their order.
///
/// @param etasAsOf when the newest arrival times were found
record News(
    List<LiveUpdate.Changes> changes,
    Map<ParticipantId, LivePosition> positions,
    Map<ParticipantId, LiveEta> etas,
    Instant etasAsOf) {
  News {
    changes = List.copyOf(changes);
    positions = Map.copyOf(positions);
    etas = Map.copyOf(etas);
  }

  static News merge(List<LiveUpdate> updates) {
    List<LiveUpdate.Changes> changes = new ArrayList<>();
    Map<ParticipantId, LivePosition> positions = new HashMap<>();
    Map<ParticipantId, LiveEta> etas = new HashMap<>();
    Map<ParticipantId, Instant> foundAt = new HashMap<>();
    Instant asOf = Instant.EPOCH;
    for (LiveUpdate update : updates) {
      switch (update) {
        case LiveUpdate.Changes more -> changes.add(more);
        case LiveUpdate.Positions more -> {
          for (LivePosition position : more.positions()) {
            positions.merge(
                position.participant(),
                position,
                (one, other) -> other.recordedAt().isBefore(one.recordedAt()) ? one : other);
          }
        }
        case LiveUpdate.Etas more -> {
          asOf = more.asOf().isAfter(asOf) ? more.asOf() : asOf;
          for (LiveEta eta : more.etas()) {
            Instant known = foundAt.get(eta.participant());
            if (known == null || !more.asOf().isBefore(known)) {
              etas.put(eta.participant(), eta);
              foundAt.put(eta.participant(), more.asOf());
            }
          }
        }
      }
    }
    return new News(changes, positions, etas, asOf);
  }

  /// Whether arrival times may be others now.
  boolean concernsEtas() {
    return !positions.isEmpty() || !changes.isEmpty();
  }

  /// Whose positions and arrival times they are.
  Set<ParticipantId> participants() {
    Set<ParticipantId> participants = new HashSet<>(positions.keySet());
    participants.addAll(etas.keySet());
    return participants;
  }

  /// Whose changes they are.
  Set<ParticipantId> changed() {
    Set<ParticipantId> changed = new HashSet<>();
    for (LiveUpdate.Changes each : changes) {
      for (LiveChange change : each.changes()) {
        switch (change) {
          case LiveChange.Joined joined -> changed.add(joined.participant());
          case LiveChange.Updated updated -> changed.add(updated.participant());
          case LiveChange.Left _, LiveChange.EventChanged _ -> {}
        }
      }
    }
    return changed;
  }

  /// Who is gone, or not to be seen any more.
  Set<ParticipantId> left() {
    Set<ParticipantId> left = new HashSet<>();
    for (LiveUpdate.Changes each : changes) {
      for (LiveChange change : each.changes()) {
        if (change instanceof LiveChange.Left gone) {
          left.add(gone.participant());
        }
      }
    }
    return left;
  }
}
