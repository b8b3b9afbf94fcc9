package app.turnout.participants.csv;

import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;

/// Cuts rows out of bytes: RFC 4180, and what programs make of it (any line end, quotes inside of
/// cells that are not quoted, spaces around those that are). A row that breaks the rules ends at
/// its first line end, whatever a quote in it may have opened, so that it spoils no other.
final class RowCutter {
  /// Bytes of a row.
  static final int LONGEST_ROW = 128 * 1024;

  static final int MOST_CELLS = 1_000;

  private static final int QUOTE = '"';

  private final Encoding encoding;
  private final int width;
  private final int separator;

  RowCutter(Encoding encoding, char separator) {
    this.encoding = encoding;
    this.width = encoding.width();
    this.separator = separator;
  }

  /// What was found.
  sealed interface Cut {
    /// A row.
    ///
    /// @param next where the next one begins
    /// @param lines that it takes
    record Row(List<String> cells, int next, int lines) implements Cut {
      public Row {
        cells = List.copyOf(cells);
      }
    }

    /// A line that is no row.
    ///
    /// @param next where the next line begins
    record Faulty(CsvFault fault, int next) implements Cut {}

    /// A line that is no row, and whose end is not among these bytes.
    record Endless(CsvFault fault) implements Cut {}

    /// The bytes end before the row does.
    record More() implements Cut {}

    /// There is no more.
    record End() implements Cut {}
  }

  /// The row that begins at an index.
  ///
  /// @param isLast whether nothing comes after these bytes
  Cut cut(byte[] bytes, int from, int to, boolean isLast) {
    if (from >= to) {
      return isLast ? new Cut.End() : new Cut.More();
    }
    List<String> cells = new ArrayList<>();
    int lines = 1;
    int at = from;
    try {
      while (true) {
        int begin = at;
        while (isSpace(bytes, at, to)) {
          at += width;
        }
        if (has(at, to) && encoding.unit(bytes, at) == QUOTE) {
          int contents = at + width;
          int close = contents;
          boolean doubled = false;
          while (true) {
            if (tooLong(from, close)) {
              return faulty(CsvFault.UNCLOSED_QUOTE, bytes, from, to, isLast);
            }
            if (!has(close, to)) {
              return isLast
                  ? faulty(CsvFault.UNCLOSED_QUOTE, bytes, from, to, true)
                  : new Cut.More();
            }
            int unit = encoding.unit(bytes, close);
            if (unit == QUOTE) {
              if (!has(close + width, to) && !isLast) {
                return new Cut.More();
              }
              if (!has(close + width, to) || encoding.unit(bytes, close + width) != QUOTE) {
                break;
              }
              doubled = true;
              close += width;
            } else if (isLineEnd(bytes, close, to, unit)) {
              lines++;
            }
            close += width;
          }
          String text = encoding.decode(bytes, contents, close);
          cells.add(doubled ? text.replace("\"\"", "\"") : text);
          at = close + width;
          while (isSpace(bytes, at, to)) {
            at += width;
          }
          if (has(at, to)) {
            int unit = encoding.unit(bytes, at);
            if (unit != separator && unit != '\r' && unit != '\n') {
              return faulty(CsvFault.TEXT_AFTER_QUOTE, bytes, from, to, isLast);
            }
          }
        } else {
          while (has(at, to)) {
            int unit = encoding.unit(bytes, at);
            if (unit == separator || unit == '\r' || unit == '\n') {
              break;
            }
            at += width;
            if (tooLong(from, at)) {
              return faulty(CsvFault.ROW_TOO_LONG, bytes, from, to, isLast);
            }
          }
          if (!has(at, to) && !isLast) {
            return new Cut.More();
          }
          cells.add(encoding.decode(bytes, begin, Math.min(at, to)));
        }
        if (cells.size() > MOST_CELLS) {
          return faulty(CsvFault.TOO_MANY_COLUMNS, bytes, from, to, isLast);
        }
        if (!has(at, to)) {
          return isLast ? new Cut.Row(cells, to, lines) : new Cut.More();
        }
        int unit = encoding.unit(bytes, at);
        at += width;
        if (unit == '\n') {
          return new Cut.Row(cells, at, lines);
        }
        if (unit == '\r') {
          if (!has(at, to) && !isLast) {
            return new Cut.More();
          }
          return new Cut.Row(cells, afterLineFeed(bytes, at, to), lines);
        }
      }
    } catch (CharacterCodingException e) {
      return faulty(CsvFault.ENCODING, bytes, from, to, isLast);
    }
  }

  /// Where the first line that begins at an index ends; -1 when it does not among these bytes.
  int lineEnd(byte[] bytes, int from, int to, boolean isLast) {
    for (int at = from; has(at, to); at += width) {
      int unit = encoding.unit(bytes, at);
      if (unit == '\n') {
        return at + width;
      }
      if (unit == '\r') {
        return !has(at + width, to) && !isLast ? -1 : afterLineFeed(bytes, at + width, to);
      }
    }
    return isLast ? to : -1;
  }

  private int afterLineFeed(byte[] bytes, int at, int to) {
    return has(at, to) && encoding.unit(bytes, at) == '\n' ? at + width : at;
  }

  private Cut faulty(CsvFault fault, byte[] bytes, int from, int to, boolean isLast) {
    int next = lineEnd(bytes, from, to, isLast);
    return next < 0 ? new Cut.Endless(fault) : new Cut.Faulty(fault, next);
  }

  private boolean isLineEnd(byte[] bytes, int at, int to, int unit) {
    return unit == '\n'
        || (unit == '\r' && !(has(at + width, to) && encoding.unit(bytes, at + width) == '\n'));
  }

  private boolean isSpace(byte[] bytes, int at, int to) {
    return has(at, to) && encoding.unit(bytes, at) == ' ';
  }

  private boolean has(int at, int to) {
    return at + width <= to;
  }

  private static boolean tooLong(int from, int at) {
    return at - from > LONGEST_ROW;
  }
}
