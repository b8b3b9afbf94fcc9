package app.turnout.runner.http;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import app.turnout.runner.RunnerException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The HTTP API's access log: a line for each request, in the template's format, in a file. Once it
/// is long, it is put aside as `….1` and begun anew.
final class AccessLog implements AutoCloseable {
  private static final long LONGEST = 20 * 1024 * 1024;
  private static final Pattern VARIABLE = Pattern.compile("\\$context\\.([A-Za-z.]*[A-Za-z])");

  private final Path file;
  private final String format;
  private OutputStream out;
  private long length;

  /// Goes on with the file, if there is one.
  ///
  /// @param format with `$context.…` for what is known of a request
  /// @throws RunnerException when the file cannot be written
  AccessLog(Path file, String format) {
    this.file = file;
    this.format = format;
    try {
      out = open(file);
      length = Files.size(file);
    } catch (IOException e) {
      throw new RunnerException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /// Who may read it is who started it: routes and times are somebody's, too.
  private static OutputStream open(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(Set.of(OWNER_READ, OWNER_WRITE)));
    }
    return Files.newOutputStream(file, APPEND);
  }

  /// A line of that format.
  ///
  /// @param context what is known; what is not is `-`, as API Gateway writes it
  static String line(String format, Map<String, String> context) {
    return VARIABLE
        .matcher(format)
        .replaceAll(
            found -> Matcher.quoteReplacement(escaped(context.getOrDefault(found.group(1), "-"))));
  }

  /// Formats are JSON, mostly: no value ends the string that it stands in.
  private static String escaped(String value) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char character = value.charAt(i);
      if (character == '"' || character == '\\') {
        escaped.append('\\');
      }
      escaped.append(character < ' ' ? ' ' : character);
    }
    return escaped.toString();
  }

  /// Writes a request's line.
  void add(Map<String, String> context) {
    byte[] line = (line(format, context).strip() + "\n").getBytes(StandardCharsets.UTF_8);
    synchronized (this) {
      try {
        if (length > LONGEST) {
          out.close();
          Files.move(
              file,
              file.resolveSibling(file.getFileName() + ".1"),
              StandardCopyOption.REPLACE_EXISTING);
          out = open(file);
          length = 0;
        }
        out.write(line);
        length += line.length;
      } catch (IOException e) {
        System.err.println("cannot write " + file + ": " + e.getMessage());
      }
    }
  }

  @Override
  public synchronized void close() {
    try {
      out.close();
    } catch (IOException e) {
      System.err.println("cannot close " + file + ": " + e.getMessage());
    }
  }
}
