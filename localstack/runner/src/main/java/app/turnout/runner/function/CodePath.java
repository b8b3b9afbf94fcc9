package app.turnout.runner.function;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  /// @param looked the numbers of the entries that were looked at just now: functions share most
  /// @throws IOException when it cannot be read, as while it is being built
  long fingerprint(Map<Path, Long> looked) throws IOException {
    long fingerprint = 1;
    for (Path entry : entries()) {
      if (!entry.equals(code)) {
        Long known = looked.get(entry);
        if (known == null) {
          known = fingerprint(entry);
          looked.put(entry, known);
        }
        fingerprint = 31 * fingerprint + known;
      }
    }
    return fingerprint;
  }

  private static long fingerprint(Path entry) throws IOException {
    long[] fingerprint = {1};
    Files.walkFileTree(
        entry,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            // Whatever their order.
            fingerprint[0] +=
                31 * (31 * (31L + file.hashCode()) + attributes.lastModifiedTime().toMillis())
                    + attributes.size();
            return FileVisitResult.CONTINUE;
          }
        });
    return fingerprint[0];
  }
}
