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
/// @param root the directory of the template
/// @param code the directory of the code
/// @param mayChange whether it changes while the runner runs: then the classes that a jar of this
///   checkout is made of stand in for it, so that a change needs to be compiled only
record CodePath(Path root, Path code, boolean mayChange) {
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
        entries.add(mayChange ? classes(jar).orElse(jar) : jar);
      }
    }
    return entries;
  }

  /// What a jar that one of the checkout's modules has built was made of.
  private Optional<Path> classes(Path jar) throws IOException {
    try (Stream<Path> areas = Files.list(root)) {
      for (Path area : areas.filter(Files::isDirectory).toList()) {
        try (Stream<Path> modules = Files.list(area)) {
          Optional<Path> classes =
              modules
                  .map(module -> module.resolve("target"))
                  .filter(target -> Files.exists(target.resolve(jar.getFileName())))
                  .map(target -> target.resolve("classes"))
                  .filter(Files::isDirectory)
                  .findFirst();
          if (classes.isPresent()) {
            return classes;
          }
        }
      }
    }
    return Optional.empty();
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
