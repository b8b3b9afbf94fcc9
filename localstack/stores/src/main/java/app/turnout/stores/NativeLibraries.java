package app.turnout.stores;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// SQLite's native libraries, which DynamoDB Local loads from a directory named by a system
/// property.
final class NativeLibraries {
  private static final String PROPERTY = "sqlite4java.library.path";
  private static final List<String> NAMES =
      List.of(
          "libsqlite4java-linux-amd64.so",
          "libsqlite4java-osx.dylib",
          "libsqlite4java-osx-aarch64.dylib");

  private NativeLibraries() {}

  static void provide() {
    if (System.getProperty(PROPERTY) != null) {
      return;
    }
    if (System.getProperty("os.name").equals("Linux")
        && !System.getProperty("os.arch").equals("amd64")) {
      throw new StoreException("DynamoDB Local brings SQLite for Linux on x86-64 only");
    }
    Path directory = Directories.cache().resolve("sqlite4java-1.0.392");
    try {
      Files.createDirectories(directory);
      for (String name : NAMES) {
        Path target = directory.resolve(name);
        if (!Files.exists(target)) {
          unpack(name, target);
        }
      }
    } catch (IOException e) {
      throw new StoreException("cannot unpack SQLite into " + directory + ": " + e.getMessage(), e);
    }
    System.setProperty(PROPERTY, directory.toString());
  }

  private static void unpack(String name, Path target) throws IOException {
    try (InputStream library = NativeLibraries.class.getResourceAsStream("native/" + name)) {
      if (library == null) {
        throw new IOException(name + " is not packaged");
      }
      Path beside = Files.createTempFile(target.getParent(), "unpacking-", null);
      Files.copy(library, beside, StandardCopyOption.REPLACE_EXISTING);
      Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
