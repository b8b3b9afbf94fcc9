package app.turnout.runner.function;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where a function's code is: a directory, and the jars in its `lib`.
///
/// @param code the directory of the code
/// @param modules there when it changes while the runner runs: their classes stand in for their
///   jars, so that a change needs to be compiled only
record CodePath(Path code, Optional<Modules> modules) {
  /// The class path, as Lambda puts it together.
  ///
  /// @throws IOException when there is no code
  List<Path> entries() throws IOException {
    if (!Files.isDirectory(code.resolve("lib"))) {
      throw new IOException("no code in " + code + ": is it built?");
    }
    List<Path> entries = new ArrayList<>(List.of(code));
    try (Stream<Path> files = Files.list(code.resolve("lib"))) {
      for (Path jar : files.filter(CodePath::isJar).sorted().toList()) {
        entries.add(modules.flatMap(known -> known.classes(jar)).orElse(jar));
      }
    }
    return entries;
  }

  /// Whether it changes while the runner runs.
  boolean mayChange() {
    return modules.isPresent();
  }

  private static boolean isJar(Path file) {
    return file.toString().endsWith(".jar");
  }

  /// A number that is another one once a file of the code is another one.
  ///
  /// @throws IOException when it cannot be read, as while it is being built
  long fingerprint() throws IOException {
    long fingerprint = 1;
    for (Path entry : entries()) {
      try (Stream<Path> files = entry.equals(code) ? Stream.empty() : Files.walk(entry)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          fingerprint = 31 * fingerprint + file.hashCode();
          fingerprint = 31 * fingerprint + Files.getLastModifiedTime(file).toMillis();
          fingerprint = 31 * fingerprint + Files.size(file);
        }
      }
    }
    return fingerprint;
  }
}
