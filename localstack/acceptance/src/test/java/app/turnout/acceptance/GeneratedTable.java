package app.turnout.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A table of a Markdown file that is made of the code, between `<!-- name -->` and `<!-- /name
/// -->`. Tests compare; `.ci/readme` runs them so that they write.
final class GeneratedTable {
  private static final boolean WRITES = Boolean.getBoolean("turnout.readme.write");

  private GeneratedTable() {}

  /// Throws AssertionError when the file has another table than these rows, heading first.
  static void check(Path file, String name, List<List<String>> rows) {
    String begin = "<!-- " + name + " -->\n";
    String end = "<!-- /" + name + " -->";
    String text = Checkout.read(file);
    assertThat(text).contains(begin, end);
    String before = text.substring(0, text.indexOf(begin) + begin.length());
    String after = text.substring(text.indexOf(end));
    if (WRITES) {
      write(file, before + table(rows) + after);
    } else {
      assertThat(text.substring(before.length(), text.length() - after.length()))
          .as(".ci/readme mends " + Checkout.ROOT.relativize(file))
          .isEqualTo(table(rows));
    }
  }

  private static String table(List<List<String>> rows) {
    StringBuilder table = new StringBuilder(line(rows.getFirst()));
    table.append("|---".repeat(rows.getFirst().size())).append("|\n");
    rows.stream().skip(1).forEach(row -> table.append(line(row)));
    return table.toString();
  }

  private static String line(List<String> cells) {
    StringBuilder line = new StringBuilder("|");
    cells.forEach(cell -> line.append(cell.isEmpty() ? " " : " " + cell + " ").append("|"));
    return line.append('\n').toString();
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
