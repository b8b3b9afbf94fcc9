package app.turnout.runner;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/// A database on a server that the runner does not start, and a login that may create roles and
/// databases there.
///
/// @param database is made when there is none of that name
/// @param parameters of the connection, such as `?sslmode=require`; or empty
public record DatabaseAddress(
    String host, int port, String database, String user, String password, String parameters) {
  private static final int DEFAULT_PORT = 5432;
  private static final String NEEDED =
      "--database needs postgresql://USER:PASSWORD@HOST:PORT/DATABASE";

  /// Reads `postgresql://user:password@host:port/database`, or the same as a JDBC URL with user and
  /// password as parameters.
  ///
  /// @throws RunnerException with one line about what is missing
  public static DatabaseAddress parse(String text) {
    URI uri = uri(text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text);
    List<String> parameters = new ArrayList<>();
    @Nullable String user = null;
    @Nullable String password = null;
    if (uri.getRawUserInfo() != null) {
      String[] login = uri.getRawUserInfo().split(":", 2);
      user = decoded(login[0]);
      password = login.length > 1 ? decoded(login[1]) : "";
    }
    for (String parameter : Optional.ofNullable(uri.getRawQuery()).orElse("").split("&", -1)) {
      if (parameter.startsWith("user=")) {
        user = decoded(parameter.substring("user=".length()));
      } else if (parameter.startsWith("password=")) {
        password = decoded(parameter.substring("password=".length()));
      } else if (!parameter.isEmpty()) {
        parameters.add(parameter);
      }
    }
    if (uri.getHost() == null || uri.getRawPath().length() < 2 || user == null) {
      throw failure();
    }
    return new DatabaseAddress(
        uri.getHost(),
        uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
        decoded(uri.getRawPath().substring(1)),
        user,
        password == null ? "" : password,
        parameters.isEmpty() ? "" : "?" + String.join("&", parameters));
  }

  private static URI uri(String text) {
    try {
      URI uri = URI.create(text);
      if ("postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme())) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new RunnerException(NEEDED, e);
    }
    throw failure();
  }

  /// Without what was given: there may be a password in it.
  private static RunnerException failure() {
    return new RunnerException(NEEDED);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /// The JDBC URL, without credentials.
  String jdbcUrl() {
    return jdbcUrl(database);
  }

  /// New connections to a database of that server; no pool.
  DataSource connections(String name) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl(name));
    source.setUser(user);
    source.setPassword(password);
    return source;
  }

  /// The JDBC URL of a database of that server, without credentials.
  private String jdbcUrl(String name) {
    return "jdbc:postgresql://" + host + ":" + port + "/" + name + parameters;
  }

  @Override
  public String toString() {
    return host + ":" + port + "/" + database;
  }
}
