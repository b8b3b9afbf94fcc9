package app.turnout.runner;

import app.turnout.runner.template.DatabaseSpec;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// Makes on the server what RDS makes with the instance: the owner, who may do what RDS lets its
/// owner, and the database.
final class DatabaseSetup {
  private DatabaseSetup() {}

  /// @param password of the owner from now on
  static void create(DatabaseAddress database, DatabaseSpec spec, String password) {
    try (Connection connection = database.connections("postgres").getConnection();
        Statement statement = connection.createStatement()) {
      String owner = statement.enquoteIdentifier(spec.owner(), true);
      if (!spec.owner().equals(database.user())) {
        if (!exists(statement, "pg_roles where rolname", spec.owner())) {
          statement.execute("create role " + owner + " login createdb createrole");
          statement.execute(
              "grant pg_monitor, pg_signal_backend, pg_checkpoint to "
                  + owner
                  + " with admin option");
        }
        statement.execute(
            "alter role " + owner + " password " + statement.enquoteLiteral(password));
      }
      if (!exists(statement, "pg_database where datname", database.database())) {
        statement.execute(
            "create database "
                + statement.enquoteIdentifier(database.database(), true)
                + " owner "
                + owner);
      }
    } catch (SQLException e) {
      throw new RunnerException("cannot make the database: " + e.getMessage(), e);
    }
  }

  private static boolean exists(Statement statement, String where, String name)
      throws SQLException {
    try (ResultSet rows =
        statement.executeQuery("select 1 from " + where + " = " + statement.enquoteLiteral(name))) {
      return rows.next();
    }
  }
}
