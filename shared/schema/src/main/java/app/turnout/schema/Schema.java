package app.turnout.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// The schema of a Turnout database, brought to its newest version by the database's owner.
public final class Schema {
  private final DataSource owner;

  /// @param owner connects as the role that is to own the tables
  public Schema(DataSource owner) {
    this.owner = owner;
  }

  /// Makes the roles that functions log in with, or gives them new passwords, and applies the
  /// migrations that are missing. Safe to run again.
  ///
  /// @param passwords by role name
  /// @return how many migrations were applied
  public int migrate(Map<String, String> passwords) throws SQLException {
    makeRoles(passwords);
    return Flyway.configure(Schema.class.getClassLoader())
        .dataSource(owner)
        .locations("classpath:app/turnout/schema")
        .cleanDisabled(true)
        .load()
        .migrate()
        .migrationsExecuted;
  }

  private void makeRoles(Map<String, String> passwords) throws SQLException {
    try (Connection connection = owner.getConnection()) {
      for (Map.Entry<String, String> role : passwords.entrySet()) {
        if (!exists(connection, role.getKey())) {
          execute(
              connection,
              "select format('create role %I login noinherit', ?::text)",
              List.of(role.getKey()));
        }
        execute(
            connection,
            "select format('alter role %I password %L', ?::text, ?::text)",
            List.of(role.getKey(), role.getValue()));
      }
    }
  }

  private static boolean exists(Connection connection, String role) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select from pg_roles where rolname = ?")) {
      statement.setString(1, role);
      try (ResultSet found = statement.executeQuery()) {
        return found.next();
      }
    }
  }

  /// Utility statements take no parameters, so PostgreSQL writes them, quoted, and is given them
  /// back.
  private static void execute(Connection connection, String format, List<String> arguments)
      throws SQLException {
    String written;
    try (PreparedStatement statement = connection.prepareStatement(format)) {
      for (int i = 0; i < arguments.size(); i++) {
        statement.setString(i + 1, arguments.get(i));
      }
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        written = result.getString(1);
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(written);
    }
  }
}
