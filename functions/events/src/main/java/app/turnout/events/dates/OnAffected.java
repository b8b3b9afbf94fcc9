package app.turnout.events.dates;

import app.turnout.platform.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/// What becomes of dates that somebody counts on, and that a new rule does not have.
public enum OnAffected {
  /// They stay as they are, each alone.
  DETACH,
  /// They are cancelled, and the people told.
  CANCEL;

  /// As the query says it; null when it does not. Throws ProblemException when it is neither.
  public static @Nullable OnAffected of(@Nullable String text) {
    if (text == null) {
      return null;
    }
    return switch (text) {
      case "detach" -> DETACH;
      case "cancel" -> CANCEL;
      default ->
          throw ProblemException.invalidParameter(
              "on_affected", "one_of", "must be detach or cancel");
    };
  }
}
