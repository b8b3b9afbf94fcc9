package app.turnout.stores;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// A PostgreSQL 17 server of its own on the loopback interface. It ends with this process, even
/// when that is killed.
public final class EmbeddedPostgres implements AutoCloseable {
  /// The superuser's name.
  public static final String SUPERUSER = "postgres";

  /// The superuser's password.
  public static final String PASSWORD = "postgres";

  private final PostgresCluster cluster;
  private final int port;

  private EmbeddedPostgres(PostgresCluster cluster, int port) {
    this.cluster = cluster;
    this.port = port;
  }

  /// Starts the server that keeps its data in a directory, which is made when it is not there. What
  /// an earlier process left running there is stopped first.
  ///
  /// @param port 0 for any free one
  /// @throws StoreException when another process uses the directory or the port
  public static EmbeddedPostgres start(Path directory, int port) {
    return start(PostgresCluster.kept(directory), port);
  }

  /// Starts an empty server, fast rather than safe, on any free port. Closing it removes its data.
  public static EmbeddedPostgres fresh() {
    return start(PostgresCluster.thrownAway(), 0);
  }

  private static EmbeddedPostgres start(PostgresCluster cluster, int port) {
    try {
      int taken = Ports.take(port, "PostgreSQL");
      cluster.start(taken);
      return new EmbeddedPostgres(cluster, taken);
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /// The port that it listens on.
  public int port() {
    return port;
  }

  /// The JDBC URL of a database, without credentials.
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /// New connections of the superuser to a database; no pool.
  public DataSource superuser(String database) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl(database));
    source.setUser(SUPERUSER);
    source.setPassword(PASSWORD);
    return source;
  }

  /// Makes an empty database unless there is one of that name.
  public void createDatabase(String name) {
    try (Connection connection = superuser("postgres").getConnection();
        PreparedStatement find =
            connection.prepareStatement("select 1 from pg_database where datname = ?")) {
      find.setString(1, name);
      try (ResultSet found = find.executeQuery();
          Statement create = connection.createStatement()) {
        if (!found.next()) {
          create.execute("create database " + create.enquoteIdentifier(name, true));
        }
      }
    } catch (SQLException e) {
      throw new StoreException("cannot make the database " + name + ": " + e.getMessage(), e);
    }
  }

  /// Ends the server as a crash would, and starts it again: connections break, and what was
  /// committed is there.
  public void crash() {
    cluster.crash();
  }

  /// Ends the server, and the connections to it.
  @Override
  public void close() {
    cluster.close();
  }
}
