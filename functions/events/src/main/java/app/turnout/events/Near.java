package app.turnout.events;

import app.turnout.domain.GeoPoint;
import app.turnout.platform.problem.ProblemException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `near`, as lists of events take it.
public final class Near {
  /// What is near where nobody says how near.
  public static final long RADIUS_METRES = 25_000;

  private static final Pattern FORM =
      Pattern.compile("([-+]?\\d{1,3}(?:\\.\\d{1,20})?),([-+]?\\d{1,3}(?:\\.\\d{1,20})?)");

  private Near() {}

  /// Throws ProblemException when it is no position.
  public static GeoPoint parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (form.matches()) {
      try {
        return new GeoPoint(Double.parseDouble(form.group(1)), Double.parseDouble(form.group(2)));
      } catch (IllegalArgumentException e) {
        // Answered below.
      }
    }
    throw ProblemException.invalidParameter(
        "near", "position", "must be a latitude and a longitude, such as 53.35,-6.26");
  }
}
