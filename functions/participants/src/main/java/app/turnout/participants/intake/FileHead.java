package app.turnout.participants.intake;

import app.turnout.participants.csv.CsvFile;
import app.turnout.participants.csv.Encoding;
import app.turnout.platform.problem.FieldError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How a file is to be read, as it was told or as its beginning lets guess.
///
/// @param rowsFrom where the first row behind the header begins
/// @param problems why it cannot be read; empty when it can
public record FileHead(
    Encoding encoding,
    char separator,
    Columns columns,
    CsvFile.Place rowsFrom,
    List<FieldError> problems) {
  private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');

  /// The line by which a file tells Excel its separator.
  private static final Pattern SEPARATOR_LINE =
      Pattern.compile("(?i)sep=([\\x21-\\x7e&&[^\\p{Alnum}\"]])?");

  /// Lines with nothing on them that may stand before the header.
  private static final int BLANK_LINES = 100;

  public FileHead {
    problems = List.copyOf(problems);
  }

  /// What was told of a file.
  ///
  /// @param encoding null to guess
  /// @param separator null to guess
  /// @param mapping headers by field
  public record Told(
      @Nullable Encoding encoding, @Nullable Character separator, Map<Field, String> mapping) {
    public Told {
      mapping = Map.copyOf(mapping);
    }
  }

  /// Reads a file's head.
  ///
  /// @param canBeUtf8 whether all of its parts can
  public static FileHead read(CsvFile.Parts parts, boolean canBeUtf8, Told told) {
    byte[] beginning = parts.load().apply(0);
    Encoding encoding =
        told.encoding() != null
            ? told.encoding()
            : Encoding.byMark(beginning).orElse(canBeUtf8 ? Encoding.UTF_8 : Encoding.WINDOWS_1252);
    CsvFile.Parts kept =
        new CsvFile.Parts(
            parts.sizes(), index -> index == 0 ? beginning : parts.load().apply(index));
    CsvFile.Place start = new CsvFile.Place(encoding.markLength(beginning), 1);
    Optional<CsvFile.Line> first = new CsvFile(kept, encoding, '\n', start).next();
    if (first.isPresent()
        && first.get() instanceof CsvFile.Line.Row(long _, List<String> cells)
        && SEPARATOR_LINE.matcher(cells.getFirst().strip()).matches()) {
      return afterSeparatorLine(kept, encoding, start, cells.getFirst(), told);
    }
    return best(kept, encoding, start, told);
  }

  private static FileHead afterSeparatorLine(
      CsvFile.Parts parts, Encoding encoding, CsvFile.Place start, String line, Told told) {
    CsvFile file = new CsvFile(parts, encoding, '\n', start);
    file.next();
    Matcher matcher = SEPARATOR_LINE.matcher(line.strip());
    boolean says = matcher.matches() && matcher.group(1) != null;
    char separator = says ? matcher.group(1).charAt(0) : '\t';
    return of(
        parts,
        encoding,
        told.separator() == null ? separator : told.separator(),
        file.place(),
        told.mapping());
  }

  private static FileHead best(
      CsvFile.Parts parts, Encoding encoding, CsvFile.Place start, Told told) {
    if (told.separator() != null) {
      return of(parts, encoding, told.separator(), start, told.mapping());
    }
    FileHead best = of(parts, encoding, ',', start, told.mapping());
    for (char separator : SEPARATORS) {
      FileHead other = of(parts, encoding, separator, start, told.mapping());
      if (other.score() > best.score()) {
        best = other;
      }
    }
    return best;
  }

  /// Known columns count most, then columns.
  private int score() {
    return columns.places().size() * 10_000 + columns.headers().size();
  }

  private static FileHead of(
      CsvFile.Parts parts,
      Encoding encoding,
      char separator,
      CsvFile.Place from,
      Map<Field, String> mapping) {
    CsvFile file = new CsvFile(parts, encoding, separator, from);
    for (int i = 0; i < BLANK_LINES; i++) {
      Optional<CsvFile.Line> line = file.next();
      if (line.isEmpty()) {
        break;
      }
      switch (line.get()) {
        case CsvFile.Line.Faulty(long _, var fault) -> {
          return new FileHead(
              encoding,
              separator,
              Columns.of(List.of(), Map.of()),
              file.place(),
              List.of(new FieldError("header", fault.rule(), fault.message())));
        }
        case CsvFile.Line.Row row -> {
          if (!row.isBlank()) {
            Columns columns = Columns.of(row.cells(), mapping);
            return new FileHead(
                encoding, separator, columns, file.place(), columns.problems(mapping));
          }
        }
      }
    }
    return new FileHead(
        encoding,
        separator,
        Columns.of(List.of(), Map.of()),
        file.place(),
        List.of(new FieldError("header", "required", "the file has no row of columns' names")));
  }
}
