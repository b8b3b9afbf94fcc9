package app.turnout.participants.csv;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/// The rows of a file that comes in parts, cut anywhere. One part and the beginning of a row are in
/// memory at a time, whatever the file's size. Reading may go on from any place where it was left.
public final class CsvFile {
  /// A file's parts.
  ///
  /// @param sizes of them, in bytes
  /// @param load gives the bytes of one, by its index from 0
  public record Parts(List<Integer> sizes, IntFunction<byte[]> load) {
    public Parts {
      sizes = List.copyOf(sizes);
    }

    /// The whole file's, in bytes.
    public long size() {
      return sizes.stream().mapToLong(Integer::longValue).sum();
    }
  }

  /// Where reading goes on.
  ///
  /// @param offset in bytes from the file's beginning
  /// @param line that begins there, from 1
  public record Place(long offset, long line) {}

  /// A line, or several if a quoted cell goes over them.
  public sealed interface Line {
    /// The first line's number, from 1.
    long number();

    /// A row.
    record Row(long number, List<String> cells) implements Line {
      public Row {
        cells = List.copyOf(cells);
      }

      /// Whether nothing stands in it.
      public boolean isBlank() {
        return cells.stream().allMatch(String::isBlank);
      }
    }

    /// No row.
    record Faulty(long number, CsvFault fault) implements Line {}
  }

  private final Parts parts;
  private final RowCutter cutter;
  private byte[] window = new byte[0];
  private long windowAt;
  private int nextPart;
  private int at;
  private long line;

  public CsvFile(Parts parts, Encoding encoding, char separator, Place from) {
    this.parts = parts;
    this.cutter = new RowCutter(encoding, separator);
    this.line = from.line();
    long begin = 0;
    while (nextPart < parts.sizes().size()
        && begin + parts.sizes().get(nextPart) <= from.offset()) {
      begin += parts.sizes().get(nextPart++);
    }
    this.windowAt = begin;
    if (nextPart < parts.sizes().size()) {
      this.window = parts.load().apply(nextPart++);
    }
    this.at = (int) Math.min(from.offset() - begin, window.length);
  }

  /// Where the line begins that comes next.
  public Place place() {
    return new Place(windowAt + at, line);
  }

  /// The next line; empty at the end.
  public Optional<Line> next() {
    while (true) {
      switch (cutter.cut(window, at, window.length, isLast())) {
        case RowCutter.Cut.Row(List<String> cells, int next, int lines) -> {
          Line row = new Line.Row(line, cells);
          at = next;
          line += lines;
          return Optional.of(row);
        }
        case RowCutter.Cut.Faulty(CsvFault fault, int next) -> {
          at = next;
          return Optional.of(new Line.Faulty(line++, fault));
        }
        case RowCutter.Cut.Endless(CsvFault fault) -> {
          skipLine();
          return Optional.of(new Line.Faulty(line++, fault));
        }
        case RowCutter.Cut.More() -> loadMore();
        case RowCutter.Cut.End() -> {
          return Optional.empty();
        }
      }
    }
  }

  /// How many bytes of the file are in memory.
  int held() {
    return window.length;
  }

  private void skipLine() {
    while (true) {
      int end = cutter.lineEnd(window, at, window.length, isLast());
      if (end >= 0) {
        at = end;
        return;
      }
      // What was looked at needs not stay, but for the last unit: half of one, or of a line end.
      at = Math.max(at, window.length - (window.length - at) % 2 - 2);
      loadMore();
    }
  }

  private boolean isLast() {
    return nextPart >= parts.sizes().size();
  }

  private void loadMore() {
    byte[] more = parts.load().apply(nextPart++);
    byte[] rest = Arrays.copyOfRange(window, at, window.length);
    byte[] joined = Arrays.copyOf(rest, rest.length + more.length);
    System.arraycopy(more, 0, joined, rest.length, more.length);
    windowAt += at;
    window = joined;
    at = 0;
  }
}
