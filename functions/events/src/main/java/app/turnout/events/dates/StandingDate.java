package app.turnout.events.dates;

import app.turnout.events.series.SeriesId;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;

/// A date that a part's rule has so far.
///
/// @param isBegun or over: it does not change any more
/// @param hasOwn whether it says anything of itself
/// @param claims how many people were added to it by hand, or have answered
/// @param roster participants that come with the roster, and have not answered
record StandingDate(
    UUID id,
    SeriesId series,
    LocalDateTime ruleStart,
    LocalDateTime localStart,
    Instant startsAt,
    boolean isBegun,
    boolean isMoved,
    boolean isCancelled,
    boolean hasOwn,
    int claims,
    List<UUID> roster) {
  StandingDate {
    roster = List.copyOf(roster);
  }

  /// Whether somebody counts on it.
  boolean isClaimed() {
    return claims > 0 || isMoved || hasOwn;
  }

  boolean isAwaited() {
    return claims > 0 || !roster.isEmpty();
  }
}
