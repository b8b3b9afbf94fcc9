package app.turnout.tracks;

import java.util.List;
import java.util.Random;

/// What is left to chance. `Random` and `StrictMath`, because their results are the same on every
/// Java there is.
final class Draw {
  private final Random random;

  Draw(long seed) {
    this.random = new Random(seed);
  }

  double between(double least, double most) {
    return least + (most - least) * random.nextDouble();
  }

  /// True in so many of a hundred cases.
  boolean percent(int share) {
    return random.nextInt(100) < share;
  }

  <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  /// Of the normal distribution with mean 0.
  double normal(double deviation) {
    return deviation * random.nextGaussian();
  }

  /// Of the log-normal distribution with that median; the second figure is the logarithm's.
  double around(double median, double deviation) {
    return median * StrictMath.exp(normal(deviation));
  }

  /// The distance to the next of some things that come independently of each other.
  double untilNext(double mean) {
    return -mean * StrictMath.log(1 - random.nextDouble());
  }
}
