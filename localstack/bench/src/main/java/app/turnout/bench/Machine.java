package app.turnout.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;

/// What it is measured on, for people.
final class Machine {
  private static final String SETTINGS =
      """
      select string_agg(name || ' ' || current_setting(name), ', ' order by name)
      from pg_settings
      where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums',
                     'wal_level', 'shared_buffers', 'max_wal_size', 'server_version')
      """;

  private Machine() {}

  /// How many processes wanted to run on average in the last minute.
  static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /// @param load before anything was started
  static String describe(DataSource database, double load) throws SQLException {
    return """
    Date        %s
    Machine     %d cores (%s), %s; load before the start %.1f
    JDK         %s
    PostgreSQL  the runner's, the same server and settings for both sides:
                %s
    """
        .formatted(
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            Runtime.getRuntime().availableProcessors(),
            processor(),
            System.getProperty("os.name"),
            load,
            Runtime.version(),
            settings(database));
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException _) {
      return System.getProperty("os.arch");
    }
  }

  private static String settings(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SETTINGS)) {
      row.next();
      return row.getString(1);
    }
  }
}
