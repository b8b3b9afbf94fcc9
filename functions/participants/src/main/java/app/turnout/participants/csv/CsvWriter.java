package app.turnout.participants.csv;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows in the form of RFC 4180: commas between, CRLF behind, quotes where they are needed.
public final class CsvWriter {
  private CsvWriter() {}

  /// A row with its line end.
  ///
  /// @param cells null is an empty one
  public static String row(List<@Nullable String> cells) {
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      if (i > 0) {
        row.append(',');
      }
      String cell = cells.get(i);
      if (cell != null) {
        append(row, cell, ",");
      }
    }
    // A line with nothing on it would be no row.
    return row.isEmpty() ? "\"\"\r\n" : row.append("\r\n").toString();
  }

  /// Several values in one cell: semicolons between, quotes where they are needed.
  public static String list(List<String> values) {
    StringBuilder list = new StringBuilder();
    for (String value : values) {
      if (!list.isEmpty()) {
        list.append(';');
      }
      append(list, value, ",;|");
    }
    return list.toString();
  }

  private static void append(StringBuilder row, String value, String separators) {
    if (needsQuotes(value, separators)) {
      row.append('"').append(value.replace("\"", "\"\"")).append('"');
    } else {
      row.append(value);
    }
  }

  private static boolean needsQuotes(String value, String separators) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\r' || c == '\n' || separators.indexOf(c) >= 0) {
        return true;
      }
    }
    return !value.isEmpty()
        && (Character.isWhitespace(value.charAt(0))
            || Character.isWhitespace(value.charAt(value.length() - 1)));
  }
}
