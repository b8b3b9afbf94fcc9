package app.turnout.participants.intake;

import java.util.List;

/// How many lines came to what.
///
/// @param rows all of them
public record Counts(
    long rows, long added, long updated, long skipped, long invalid, long planLimitReached) {
  /// None yet.
  public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

  /// These and some more.
  public Counts and(List<SortedLine> lines) {
    return new Counts(
        rows + lines.size(),
        added + count(lines, SortedLine.Outcome.ADDED),
        updated + count(lines, SortedLine.Outcome.UPDATED),
        skipped + count(lines, SortedLine.Outcome.SKIPPED),
        invalid + count(lines, SortedLine.Outcome.INVALID),
        planLimitReached + count(lines, SortedLine.Outcome.PLAN_LIMIT_REACHED));
  }

  private static long count(List<SortedLine> lines, SortedLine.Outcome outcome) {
    return lines.stream().filter(line -> line.outcome() == outcome).count();
  }
}
