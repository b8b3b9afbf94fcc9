package app.turnout.participants.guestlist;

import app.turnout.platform.attendance.ParticipantStatus;
import app.turnout.platform.problem.ProblemException;
import io.micronaut.core.util.StringUtils;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which participants a list shows.
///
/// @param text that their name, e-mail address or phone contains, whatever its case
/// @param tag that they have
public record ParticipantFilter(
    @Nullable ParticipantStatus status, @Nullable String text, @Nullable String tag) {
  private static final int LONGEST = 200;

  /// Throws ProblemException, 400, when a text is too long.
  public static ParticipantFilter of(
      @Nullable ParticipantStatus status, @Nullable String q, @Nullable String tag) {
    return new ParticipantFilter(status, read("q", q), read("tag", tag));
  }

  private static @Nullable String read(String name, @Nullable String value) {
    if (value != null && value.length() > LONGEST) {
      throw ProblemException.invalidParameter(
          name, "max_length", "must have at most " + LONGEST + " characters");
    }
    return StringUtils.trimToNull(value);
  }

  /// The status as it is stored; null for any.
  public @Nullable String storedStatus() {
    return status == null ? null : status.name().toLowerCase(Locale.ROOT);
  }

  /// The text as a pattern in which nothing but the ends is a wildcard.
  @Nullable String like() {
    return text == null ? null : "%" + text.replaceAll("([\\\\%_])", "\\\\$1") + "%";
  }
}
