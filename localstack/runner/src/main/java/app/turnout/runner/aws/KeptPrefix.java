package app.turnout.runner.aws;

import app.turnout.runner.RunnerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;

/// What the names of a data directory's queues and tables in one account and region begin with:
/// made once, of who made it and of chance, and kept in a file.
final class KeptPrefix {
  private static final int USER_LENGTH = 12;

  private final Path file;

  /// @param directory with a file for each account and region
  KeptPrefix(Path directory, AwsPlace place) {
    this.file = directory.resolve(place.account() + "-" + place.region());
  }

  boolean isThere() {
    return Files.exists(file);
  }

  String value() {
    try {
      if (!isThere()) {
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, made());
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new RunnerException("cannot keep names in " + file + ": " + e.getMessage(), e);
    }
  }

  void forget() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new RunnerException("cannot delete " + file + ": " + e.getMessage(), e);
    }
  }

  private static String made() {
    byte[] chance = new byte[4];
    new SecureRandom().nextBytes(chance);
    String user =
        System.getProperty("user.name", "").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    return "turnout-local-"
        + (user.isEmpty() ? "" : user.substring(0, Math.min(USER_LENGTH, user.length())) + "-")
        + HexFormat.of().formatHex(chance)
        + "-";
  }
}
