package app.turnout.participants.csv;

import java.util.regex.Pattern;

/// Cells that a spreadsheet would take for formulas, which can send away what else is on the sheet:
/// https://owasp.org/www-community/attacks/CSV_Injection
public final class Formulas {
  private static final Pattern FORMULA = Pattern.compile("\\A'*[=+\\-@\\t\\r]");
  private static final Pattern DEFUSED = Pattern.compile("\\A'+[=+\\-@\\t\\r]");
  private static final Pattern E164 = Pattern.compile("\\+[0-9]{1,15}");

  private Formulas() {}

  /// The text with an apostrophe before it, if it begins like a formula; [#restored(String)] takes
  /// it away. A phone in the form of E.164 stays as it is: it can only be a number.
  public static String defused(String text) {
    return FORMULA.matcher(text).lookingAt() && !E164.matcher(text).matches() ? "'" + text : text;
  }

  /// What was defused, here or by somebody else.
  public static String restored(String cell) {
    return DEFUSED.matcher(cell).lookingAt() ? cell.substring(1) : cell;
  }
}
