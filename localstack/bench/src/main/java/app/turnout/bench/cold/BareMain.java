package app.turnout.bench.cold;

import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/// The floor: no framework, no runtime interface client, no JSON. It connects, runs one statement
/// and tells the Runtime API, by the JDK's own client.
public final class BareMain {
  private BareMain() {}

  /// Answers one event.
  ///
  /// @param arguments the database's URL, then the statement
  public static void main(String[] arguments) throws Exception {
    String found = select(arguments[0], arguments[1]);
    String runtime =
        "http://"
            + Objects.requireNonNull(System.getenv("AWS_LAMBDA_RUNTIME_API"))
            + "/2018-06-01/runtime/invocation/";
    HttpURLConnection event = open(runtime + "next");
    event.getInputStream().readAllBytes();
    HttpURLConnection answer =
        open(runtime + event.getHeaderField("Lambda-Runtime-Aws-Request-Id") + "/response");
    answer.setDoOutput(true);
    try (OutputStream out = answer.getOutputStream()) {
      out.write(
          ("{\"statusCode\":200,\"body\":\"" + found + "\"}").getBytes(StandardCharsets.UTF_8));
    }
    answer.getResponseCode();
    open(runtime + "next").getResponseCode();
  }

  static String select(String url, String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(statement)) {
      row.next();
      return row.getString(1);
    }
  }

  private static HttpURLConnection open(String url) throws Exception {
    return (HttpURLConnection) URI.create(url).toURL().openConnection();
  }
}
