package app.turnout.platform.ratelimit;

import java.time.Duration;
import java.time.format.DateTimeParseException;

/// So many times in each window. Windows are fixed and begin together for everybody, so around a
/// border up to twice as many get through.
///
/// @param name of what is limited, unique among all limits
/// @param most how often in one window, at least 1
/// @param window at least a second
public record RateLimit(String name, int most, Duration window) {
  public RateLimit {
    if (most < 1 || window.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(name + " must allow one a second at least");
    }
  }

  /// Reads a limit as configuration has it: `10/PT15M` is ten in a quarter of an hour.
  public static RateLimit parse(String name, String text) {
    int slash = text.indexOf('/');
    try {
      return new RateLimit(
          name,
          Integer.parseInt(text.substring(0, Math.max(slash, 0))),
          Duration.parse(text.substring(slash + 1)));
    } catch (NumberFormatException | DateTimeParseException e) {
      throw new IllegalArgumentException(name + " is not like 10/PT15M: " + text, e);
    }
  }
}
