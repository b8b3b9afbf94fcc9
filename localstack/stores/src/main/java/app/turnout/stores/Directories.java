package app.turnout.stores;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// Directories of the stores.
public final class Directories {
  private Directories() {}

  /// Removes a directory with all that is in it; does nothing when it is not there.
  public static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                throws IOException {
              Files.delete(visited);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new StoreException("cannot remove " + directory + ": " + e.getMessage(), e);
    }
  }

  static Path temporary(String name) {
    try {
      return Files.createTempDirectory("turnout-" + name + "-");
    } catch (IOException e) {
      throw new StoreException("no temporary directory: " + e.getMessage(), e);
    }
  }

  /// Where unpacked binaries are kept for all checkouts of this user.
  static Path cache() {
    Path home = Path.of(System.getProperty("user.home"), ".cache", "turnout");
    try {
      Files.createDirectories(home);
      return home;
    } catch (IOException e) {
      return privateTemporaryCache();
    }
  }

  private static Path privateTemporaryCache() {
    try {
      Path directory =
          Path.of(
              System.getProperty("java.io.tmpdir"), "turnout-" + System.getProperty("user.name"));
      if (!Files.isDirectory(directory)) {
        Files.createDirectory(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      return directory;
    } catch (IOException e) {
      throw new StoreException("no directory to unpack binaries into: " + e.getMessage(), e);
    }
  }
}
