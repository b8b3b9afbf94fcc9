package app.turnout.runner.function;

import java.io.Closeable;
import java.util.OptionalLong;

/// What Lambda calls an execution environment: started once, called again and again, thrown away.
interface Instance extends Closeable {
  /// Calls the function and waits for its answer, at most for the function's timeout.
  ///
  /// @param event JSON
  Outcome call(byte[] event, String requestId);

  /// Whether it must not be called again, because a call made it useless.
  boolean isSpent();

  /// The most memory that it has used, where that can be told apart from the others'.
  OptionalLong memoryBytes();
}
