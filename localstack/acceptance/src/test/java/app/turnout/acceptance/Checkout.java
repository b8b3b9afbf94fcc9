package app.turnout.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The checkout that these tests stand in.
final class Checkout {
  static final Path ROOT = root();

  private Checkout() {}

  /// The folders of the areas.
  static List<Path> areas() {
    try (Stream<Path> folders = Files.list(ROOT.resolve("functions"))) {
      return folders
          .filter(folder -> Files.isRegularFile(folder.resolve("pom.xml")))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Every Java source below a folder, tests left out.
  static List<Path> mainSources(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().contains("/src/main/java/"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(folder.resolve("template.yaml"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException("template.yaml is in none of the folders above");
      }
      folder = parent;
    }
    return folder;
  }
}
