package app.turnout.acceptance;

import app.turnout.runner.Runner;
import app.turnout.runner.RunnerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/// The whole of `template.yaml`, started once for all test classes that register this, and ended
/// after the last of them. Classes keep apart by organizations of their own, and so run side by
/// side; those that look at what everybody has are `@Isolated`, and come when the others are done.
final class RunningTurnout implements BeforeAllCallback, AfterAllCallback {
  private static final Namespace ALL = Namespace.create(RunningTurnout.class);

  private Optional<Started> started = Optional.empty();

  private record Started(Path data, Runner runner, Client client) implements AutoCloseable {
    static Started now() {
      Secrecy.listen();
      try {
        Path data = Files.createTempDirectory("turnout-acceptance");
        Runner runner =
            Runner.start(RunnerOptions.fresh(Checkout.ROOT.resolve("template.yaml"), data));
        Started started = new Started(data, runner, new Client(runner.front(), runner.mailbox()));
        if (InOrder.has(EventFilesTest.class)) {
          EventFilesTest.handOver(runner);
        }
        if (InOrder.has(CrashTest.class)) {
          // Nobody else may be at work then.
          CrashTest.crash(runner, started.client());
          commitWithoutWaitingForTheDisk(runner.superuser());
        }
        return started;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    /// From here on the database does not crash.
    private static void commitWithoutWaitingForTheDisk(DataSource superuser) throws SQLException {
      try (Connection connection = superuser.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("alter system set synchronous_commit = off");
        statement.execute("select pg_reload_conf()");
      }
    }

    @Override
    public void close() {
      runner.close();
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    started =
        Optional.of(
            context
                .getRoot()
                .getStore(ALL)
                .getOrComputeIfAbsent(Started.class, type -> Started.now(), Started.class));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    started = Optional.empty();
  }

  Runner runner() {
    return started.orElseThrow().runner();
  }

  /// The directory that the runner wrote a function's settings into.
  Path settings(String function) {
    return started.orElseThrow().data().resolve("functions").resolve(function);
  }

  Client client() {
    return started.orElseThrow().client();
  }
}
