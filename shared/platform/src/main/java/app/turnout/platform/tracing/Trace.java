package app.turnout.platform.tracing;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The trace that this thread works for: what it sends to a queue or writes into the outbox carries
/// it on. [app.turnout.platform.logging.LogFacts] sets it, so that the log says the same.
public final class Trace {
  private static final ThreadLocal<@Nullable TraceHeader> CURRENT = new ThreadLocal<>();

  private Trace() {}

  /// Nothing outside a call.
  public static Optional<TraceHeader> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /// From here on, this thread works for it; for none when it is null.
  public static void set(@Nullable TraceHeader trace) {
    if (trace == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(trace);
    }
  }
}
