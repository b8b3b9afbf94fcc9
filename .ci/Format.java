import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Checks (`--check`) or mends every Java file of the checkout with google-java-format. Started by
/// `mvn verify`, which only checks, and by `.ci/format`, which mends.
///
/// What was found formatted stands in `target/formatted` by its hash, and is not looked at again as
/// long as this program and the formatter are the same.
class Format {
  private static final Path KNOWN = Path.of("target", "formatted");

  private static final Set<String> formatted = ConcurrentHashMap.newKeySet();

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
    String tools = tools();
    Set<String> known = known(tools);
    List<Path> unformatted =
        sources.parallelStream().filter(source -> !format(source, check, known)).toList();
    remember(tools);
    if (!unformatted.isEmpty()) {
      String done = check ? "not formatted, .ci/format mends it" : "formatted";
      unformatted.forEach(source -> System.err.println(source + ": " + done));
      System.exit(check ? 1 : 0);
    }
  }

  private static boolean format(Path file, boolean check, Set<String> known) {
    try {
      String before = Files.readString(file);
      String hash = hash(before.getBytes(StandardCharsets.UTF_8));
      if (known.contains(hash)) {
        formatted.add(hash);
        return true;
      }
      String after =
          new Formatter(JavaFormatterOptions.defaultOptions())
              .formatSource(
                  RemoveUnusedImports.removeUnusedImports(
                      ImportOrderer.reorderImports(before, JavaFormatterOptions.Style.GOOGLE)));
      if (!check && !before.equals(after)) {
        Files.writeString(file, after);
      }
      if (before.equals(after)) {
        formatted.add(hash);
      }
      return before.equals(after);
    } catch (IOException | FormatterException e) {
      throw new IllegalStateException(file + ": " + e.getMessage(), e);
    }
  }

  /// What decides besides a file's content.
  private static String tools() throws IOException {
    return hash(Files.readAllBytes(Path.of(".ci", "Format.java")))
        + " "
        + hash(
            Files.readAllBytes(Path.of("target", "formatter", "google-java-format-all-deps.jar")))
        + " "
        + Runtime.version();
  }

  private static Set<String> known(String tools) throws IOException {
    List<String> lines = Files.exists(KNOWN) ? Files.readAllLines(KNOWN) : List.of();
    return !lines.isEmpty() && lines.getFirst().equals(tools) ? new HashSet<>(lines) : Set.of();
  }

  private static void remember(String tools) throws IOException {
    List<String> lines = new ArrayList<>(List.of(tools));
    lines.addAll(new TreeSet<>(formatted));
    Path whole = KNOWN.resolveSibling(KNOWN.getFileName() + ".new");
    Files.write(whole, lines);
    Files.move(whole, KNOWN, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String hash(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
