package app.turnout.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// One line of the table: the product beside its floor, round by round.
///
/// @param what was measured, with its unit
record Comparison(String what, List<Round> rounds) {
  /// One measurement of either side, the one right after the other.
  record Round(double floor, double product) {
    double ratio() {
      return product / floor;
    }
  }

  Comparison {
    rounds = List.copyOf(rounds);
  }

  Spread floor() {
    return spread(Round::floor);
  }

  Spread product() {
    return spread(Round::product);
  }

  /// The spread of the rounds' ratios, which is not the ratio of the spreads.
  Spread ratio() {
    return spread(Round::ratio);
  }

  private Spread spread(ToDoubleFunction<Round> value) {
    return Spread.of(rounds.stream().mapToDouble(value).toArray());
  }
}
