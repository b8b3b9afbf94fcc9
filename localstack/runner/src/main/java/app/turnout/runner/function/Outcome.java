package app.turnout.runner.function;

import java.time.Duration;
import java.util.Locale;

/// What came of a call.
public sealed interface Outcome {
  /// The function answered.
  ///
  /// @param payload JSON
  @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
  record Answered(byte[] payload) implements Outcome {}

  /// The function threw, could not be loaded, or answered more than 6 MB.
  record Failed(String reason) implements Outcome {}

  /// The function took longer than its timeout.
  record TimedOut(String reason) implements Outcome {
    /// In Lambda's words.
    static TimedOut after(Duration timeout, String requestId) {
      return new TimedOut(
          String.format(
              Locale.ROOT,
              "%s Task timed out after %.2f seconds",
              requestId,
              timeout.toMillis() / 1000.0));
    }
  }

  /// The event has more than 6 MB; the function was not called.
  record TooLarge() implements Outcome {}

  /// As many calls as the function may serve at once are running; it was not called.
  record Throttled() implements Outcome {}
}
