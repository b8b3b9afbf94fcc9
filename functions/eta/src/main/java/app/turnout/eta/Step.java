package app.turnout.eta;

import java.util.List;

/// A straight part of someone's way.
record Step(double metres, double seconds) {
  static double metres(List<Step> steps) {
    return steps.stream().mapToDouble(Step::metres).sum();
  }

  /// Root mean square of the speed over time; 0 without steps. Between the mean over time, which
  /// takes the standing of the last minutes to go on for ever, and the mean over the way, which
  /// takes it to be over: it is their geometric mean. At a steady speed all three are the same.
  static double metresPerSecond(List<Step> steps) {
    double seconds = steps.stream().mapToDouble(Step::seconds).sum();
    double squares =
        steps.stream().mapToDouble(step -> step.metres * step.metres / step.seconds).sum();
    return seconds > 0 ? Math.sqrt(squares / seconds) : 0;
  }
}
