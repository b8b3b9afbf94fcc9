package app.turnout.participants.csv;

import java.util.Locale;

/// Why a line is no row.
public enum CsvFault {
  UNCLOSED_QUOTE("has a quote that is not closed"),
  TEXT_AFTER_QUOTE("has text behind a quoted cell"),
  ROW_TOO_LONG("must have at most 131072 bytes"),
  TOO_MANY_COLUMNS("must have at most 1000 cells"),
  ENCODING("has bytes that are no text in the file's encoding"),
  TOO_MANY_CELLS("has more cells than there are columns");

  private final String message;

  CsvFault(String message) {
    this.message = message;
  }

  /// The slug of the rule.
  public String rule() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The rule, for people.
  public String message() {
    return message;
  }
}
