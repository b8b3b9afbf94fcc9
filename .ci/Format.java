import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Checks (`--check`) or mends every Java file of the checkout with google-java-format. Started by
/// `mvn verify`, which only checks, and by `.ci/format`, which mends.
class Format {
  public static void main(String[] args) throws IOException {
    boolean check = args.length == 1 && args[0].equals("--check");
    List<Path> sources;
    try (Stream<Path> files = Files.walk(Path.of("."))) {
      sources =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.toString().contains("/target/"))
              .filter(file -> !file.toString().contains("/.turnout/"))
              .sorted()
              .toList();
    }
    List<Path> unformatted =
        sources.parallelStream().filter(source -> !format(source, check)).toList();
    if (!unformatted.isEmpty()) {
      String done = check ? "not formatted, .ci/format mends it" : "formatted";
      unformatted.forEach(source -> System.err.println(source + ": " + done));
      System.exit(check ? 1 : 0);
    }
  }

  private static boolean format(Path file, boolean check) {
    try {
      String before = Files.readString(file);
      String after =
          new Formatter(JavaFormatterOptions.defaultOptions())
              .formatSource(
                  RemoveUnusedImports.removeUnusedImports(
                      ImportOrderer.reorderImports(before, JavaFormatterOptions.Style.GOOGLE)));
      if (!check && !before.equals(after)) {
        Files.writeString(file, after);
      }
      return before.equals(after);
    } catch (IOException | FormatterException e) {
      throw new IllegalStateException(file + ": " + e.getMessage(), e);
    }
  }
}
