package app.turnout.runner.function;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/// The modules of a checkout that were built: what Maven notes of each jar that it makes says whose
/// classes are in it.
///
/// @param classes directories, by the name of the jar that is made of each
record Modules(Map<String, Path> classes) {
  private static final Path NOTE = Path.of("maven-archiver", "pom.properties");

  Modules {
    classes = Map.copyOf(classes);
  }

  /// Those in the folders of a checkout's folders.
  ///
  /// @throws IOException when they cannot be read
  static Modules of(Path checkout) throws IOException {
    Map<String, Path> classes = new HashMap<>();
    for (Path area : directories(checkout)) {
      for (Path module : directories(area)) {
        Path target = module.resolve("target");
        Path compiled = target.resolve("classes");
        if (Files.exists(target.resolve(NOTE)) && Files.isDirectory(compiled)) {
          classes.put(jar(target.resolve(NOTE)), compiled);
        }
      }
    }
    return new Modules(classes);
  }

  /// What a jar was made of, if a module made it.
  Optional<Path> classes(Path jar) {
    return Optional.ofNullable(classes.get(String.valueOf(jar.getFileName())));
  }

  private static List<Path> directories(Path parent) throws IOException {
    try (Stream<Path> files = Files.list(parent)) {
      return files.filter(Files::isDirectory).toList();
    }
  }

  private static String jar(Path note) throws IOException {
    Properties properties = new Properties();
    try (InputStream file = Files.newInputStream(note)) {
      properties.load(file);
    }
    return properties.getProperty("artifactId") + "-" + properties.getProperty("version") + ".jar";
  }
}
