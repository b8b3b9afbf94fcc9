package app.turnout.stores;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;

/// A process of its own that starts PostgreSQL, stores a row, tells the port and waits to be
/// killed.
final class KilledOwner {
  private KilledOwner() {}

  static Process start(Path directory) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            KilledOwner.class.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  static int port(Process process) throws IOException {
    BufferedReader output = process.inputReader();
    return Integer.parseInt(output.readLine());
  }

  public static void main(String[] arguments) throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(arguments[0]), 0);
    postgres.createDatabase("turnout");
    try (Connection connection = postgres.superuser("turnout").getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table seen (id int)");
      statement.execute("insert into seen values (7)");
    }
    System.out.println(postgres.port());
    Thread.currentThread().join();
  }
}
