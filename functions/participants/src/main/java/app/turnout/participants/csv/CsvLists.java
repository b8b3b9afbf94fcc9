package app.turnout.participants.csv;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// Several values in one cell, as [CsvWriter#list(List)] writes them and people do: semicolons,
/// commas or bars between.
public final class CsvLists {
  private CsvLists() {}

  /// The values, each once, in their order; blank ones are none.
  public static List<String> read(String cell) {
    SequencedSet<String> values = new LinkedHashSet<>();
    StringBuilder value = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      if (quoted && c == '"' && i + 1 < cell.length() && cell.charAt(i + 1) == '"') {
        value.append(c);
        i++;
      } else if (c == '"' && (quoted || value.toString().isBlank())) {
        quoted = !quoted;
      } else if (!quoted && (c == ';' || c == ',' || c == '|')) {
        values.add(value.toString().strip());
        value.setLength(0);
      } else {
        value.append(c);
      }
    }
    values.add(value.toString().strip());
    values.remove("");
    return new ArrayList<>(values);
  }
}
