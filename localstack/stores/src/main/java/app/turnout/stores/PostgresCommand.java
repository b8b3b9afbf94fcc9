package app.turnout.stores;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs PostgreSQL's programs. They refuse to work for root, so root calls them from a user
/// namespace of their own, where it is nobody.
final class PostgresCommand {
  private final Path programs;
  private final Path directory;

  PostgresCommand(Path programs, Path directory) {
    this.programs = programs;
    this.directory = directory;
  }

  /// The whole command line for a program and its arguments.
  List<String> line(String... programAndArguments) {
    List<String> line = new ArrayList<>();
    if (isRoot()) {
      line.add("unshare");
      line.add("-U");
    }
    line.addAll(List.of(programAndArguments));
    line.set(isRoot() ? 2 : 0, programs.resolve(programAndArguments[0]).toString());
    return line;
  }

  /// Runs a program to its end.
  ///
  /// @throws StoreException with the last line it printed when it fails
  void run(String... programAndArguments) {
    Outcome outcome = outcome(programAndArguments);
    if (outcome.code() != 0) {
      throw new StoreException(explained(programAndArguments[0], outcome));
    }
  }

  /// Runs a program to its end, whatever comes of it.
  void tryRun(String... programAndArguments) {
    var _ = outcome(programAndArguments);
  }

  private Outcome outcome(String... programAndArguments) {
    try {
      Process process =
          new ProcessBuilder(line(programAndArguments))
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      String printed =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return new Outcome(process.waitFor(), printed);
    } catch (IOException e) {
      throw new StoreException("cannot run " + programAndArguments[0] + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while " + programAndArguments[0] + " ran", e);
    }
  }

  private static String explained(String program, Outcome outcome) {
    if (outcome.printed().startsWith("unshare:")) {
      return "PostgreSQL does not run as root, and this machine forbids user namespaces: start as"
          + " another user";
    }
    String last = outcome.printed().lines().reduce("", (earlier, later) -> later);
    return program + " failed with code " + outcome.code() + ": " + last;
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private record Outcome(int code, String printed) {}
}
