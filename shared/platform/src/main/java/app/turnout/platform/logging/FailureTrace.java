package app.turnout.platform.logging;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A failure for the log: types, SQL states and places, without messages, which may quote people's
/// data.
public final class FailureTrace {
  private static final int DEEPEST_CAUSE = 12;
  private static final int MOST_FRAMES = 40;

  private FailureTrace() {}

  /// One line for each cause and each place.
  public static String of(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause : causes(failure)) {
      text.append(text.isEmpty() ? "" : "caused by ").append(cause.getClass().getName());
      if (cause instanceof SQLException sql) {
        text.append(" [SQLSTATE ").append(sql.getSQLState()).append(']');
      }
      text.append('\n');
      Arrays.stream(cause.getStackTrace())
          .limit(MOST_FRAMES)
          .forEach(element -> text.append("  at ").append(element).append('\n'));
    }
    return text.toString();
  }

  /// The failure, its cause, and so on.
  public static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    Throwable cause = failure;
    while (cause != null && causes.size() < DEEPEST_CAUSE && !causes.contains(cause)) {
      causes.add(cause);
      cause = cause.getCause();
    }
    return causes;
  }
}
