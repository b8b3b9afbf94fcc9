package app.turnout.stores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One data directory of PostgreSQL and the server on it.
///
/// The server is stopped by a shell that waits for the end of its standard input: that comes when
/// this object is closed, and just so when this process dies without a word.
final class PostgresCluster implements AutoCloseable {
  private static final long STOP_SECONDS = 30;

  /// $1 is the directory to remove at the end, or nothing; the rest is the command that stops the
  /// server.
  private static final String GUARD =
      """
      trap '' INT TERM HUP
      gone=$1
      shift
      cat > /dev/null
      "$@"
      [ -z "$gone" ] || rm -rf "$gone"
      """;

  private final Path directory;
  private final Path data;
  private final boolean kept;
  private final @Nullable DirectoryLock lock;
  private final PostgresCommand command;
  private @Nullable Process guard;

  private PostgresCluster(Path directory, boolean kept, @Nullable DirectoryLock lock) {
    this.directory = directory.toAbsolutePath();
    this.data = this.directory.resolve("data");
    this.kept = kept;
    this.lock = lock;
    this.command = new PostgresCommand(PostgresBinaries.unpacked().resolve("bin"), this.directory);
  }

  static PostgresCluster kept(Path directory) {
    DirectoryLock lock = DirectoryLock.hold(directory);
    try {
      return new PostgresCluster(directory, true, lock);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  static PostgresCluster thrownAway() {
    return new PostgresCluster(Directories.temporary("postgres"), false, null);
  }

  void start(int port) {
    endLeftover();
    if (!Files.exists(data.resolve("PG_VERSION"))) {
      initialize();
    }
    guard = startGuard();
    String settings =
        "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=400"
                .formatted(port)
            + " -c timezone=UTC -c log_timezone=UTC -c fsync="
            + (kept ? "on" : "off");
    Path log = directory.resolve("postgres.log");
    forget(log);
    try {
      command.run(
          "pg_ctl",
          "-D",
          data.toString(),
          "-l",
          log.toString(),
          "-w",
          "-s",
          "-o",
          settings,
          "start");
    } catch (StoreException e) {
      throw new StoreException(
          "PostgreSQL did not start: " + lastLine(log).orElse(e.getMessage()), e);
    }
  }

  /// It starts with the settings that it had.
  void crash() {
    command.run(
        "pg_ctl",
        "-D",
        data.toString(),
        "-l",
        directory.resolve("postgres.log").toString(),
        "-m",
        "immediate",
        "-w",
        "-s",
        "restart");
  }

  private void initialize() {
    // Beside, then by one rename: a half-made directory would look whole.
    Path beside = directory.resolve("data.new");
    Directories.delete(beside);
    try {
      Path password = Files.writeString(directory.resolve("password"), EmbeddedPostgres.PASSWORD);
      command.run(
          "initdb",
          "--pgdata=" + beside,
          "--username=" + EmbeddedPostgres.SUPERUSER,
          "--pwfile=" + password,
          "--auth=scram-sha-256",
          "--encoding=UTF8",
          "--locale=C",
          "--locale-provider=builtin",
          "--builtin-locale=C.UTF-8",
          "--no-instructions",
          "--no-sync");
      Files.delete(password);
      Files.move(beside, data);
    } catch (IOException e) {
      throw new StoreException("cannot make " + data + ": " + e.getMessage(), e);
    }
  }

  /// A server that outlived its process, or the file that a dead one left.
  private void endLeftover() {
    Path pidFile = data.resolve("postmaster.pid");
    Optional<ProcessHandle> running = leftover(pidFile);
    if (running.isPresent()) {
      command.tryRun(stopArguments());
      running
          .get()
          .onExit()
          .completeOnTimeout(running.get(), STOP_SECONDS, TimeUnit.SECONDS)
          .join();
      if (running.get().isAlive()) {
        throw new StoreException(
            "PostgreSQL of an earlier run, process " + running.get().pid() + ", does not stop");
      }
    }
    forget(pidFile);
  }

  private Optional<ProcessHandle> leftover(Path pidFile) {
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    try (Stream<String> lines = Files.lines(pidFile)) {
      return lines
          .findFirst()
          .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
          .filter(process -> process.info().command().orElse("postgres").endsWith("postgres"));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private Process startGuard() {
    List<String> line =
        new ArrayList<>(List.of("sh", "-c", GUARD, "sh", kept ? "" : directory.toString()));
    line.addAll(command.line(stopArguments()));
    try {
      return new ProcessBuilder(line)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new StoreException("cannot start a shell: " + e.getMessage(), e);
    }
  }

  private String[] stopArguments() {
    return new String[] {"pg_ctl", "-D", data.toString(), "-m", "fast", "-w", "-s", "stop"};
  }

  @Override
  public void close() {
    try {
      Process running = guard;
      if (running == null) {
        discard();
        return;
      }
      guard = null;
      running.getOutputStream().close();
      if (!running.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        throw new StoreException("PostgreSQL in " + directory + " does not stop");
      }
    } catch (IOException e) {
      throw new StoreException("cannot stop PostgreSQL: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      // The guard goes on and stops it.
      Thread.currentThread().interrupt();
    } finally {
      if (lock != null) {
        lock.close();
      }
    }
  }

  private void discard() {
    if (!kept) {
      Directories.delete(directory);
    }
  }

  private static void forget(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new StoreException("cannot remove " + file + ": " + e.getMessage(), e);
    }
  }

  private static Optional<String> lastLine(Path log) {
    try {
      return Files.readAllLines(log).stream()
          .filter(line -> line.contains("FATAL") || line.contains("ERROR"))
          .reduce((earlier, later) -> later);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
