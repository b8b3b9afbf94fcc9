package app.turnout.platform.http;

import java.util.Map;

/// A function with the routes of [EdgeController], and a database that is not there.
final class EdgeFunction extends HttpFunction {
  EdgeFunction() {
    super(
        Map.of(
            "turnout.function", "edge",
            "turnout.public-url", "http://localhost",
            "datasources.default.url", "jdbc:postgresql://localhost:1/none",
            "datasources.default.connection-timeout", "250",
            "aws.region", "eu-west-1",
            "aws.access-key-id", "none",
            "aws.secret-access-key", "none"));
  }
}
