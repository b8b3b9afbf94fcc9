package app.turnout.runner.replay;

import java.util.Map;

/// What became of a track.
///
/// @param refusals how many points were refused, by reason
public record Played(int points, int calls, Map<String, Integer> refusals) {
  public Played {
    refusals = Map.copyOf(refusals);
  }

  public int refused() {
    return refusals.values().stream().mapToInt(Integer::intValue).sum();
  }

  @Override
  public String toString() {
    return points
        + " positions in "
        + calls
        + (calls == 1 ? " call" : " calls")
        + (refused() == 0 ? "" : ", " + refused() + " refused: " + refusals);
  }
}
