package app.turnout.platform.erasure;

import java.util.List;
import java.util.Optional;

/// Which area erases after which: those that refer to others' rows before them.
public final class ErasureOrder {
  /// Each has a queue `<area>-events` and an [AreaEraser].
  public static final List<String> AREAS =
      List.of("locations", "participants", "events", "organizations");

  /// Of people: their rows before where they were, since who has no row cannot be located. Each has
  /// an [PersonEraser].
  static final List<String> AREAS_OF_PEOPLE = List.of("participants", "locations");

  /// Those that keep where somebody was, in any order; what rests on it goes with it. Each has a
  /// [PositionsEraser].
  static final List<String> AREAS_OF_POSITIONS = List.of("locations");

  private ErasureOrder() {}

  static Optional<String> after(String area) {
    int next = AREAS.indexOf(area) + 1;
    return next < AREAS.size() ? Optional.of(AREAS.get(next)) : Optional.empty();
  }
}
