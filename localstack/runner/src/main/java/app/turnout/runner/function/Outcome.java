package app.turnout.runner.function;

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
  record TimedOut(String reason) implements Outcome {}

  /// The event has more than 6 MB; the function was not called.
  record TooLarge() implements Outcome {}
}
