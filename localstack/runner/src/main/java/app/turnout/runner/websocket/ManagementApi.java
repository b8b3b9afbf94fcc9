package app.turnout.runner.websocket;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.jspecify.annotations.Nullable;

/// What functions do to connections, as the AWS SDK's client of the management API asks for it.
final class ManagementApi {
  private static final JsonMapper JSON = new JsonMapper();

  /// An answer.
  ///
  /// @param error the error's name, by which clients know it
  record Reply(int status, @Nullable String error, @Nullable ObjectNode body) {
    private static Reply of(int status) {
      return new Reply(status, null, null);
    }

    private static Reply failure(int status, String error, String message) {
      return new Reply(status, error, JSON.createObjectNode().put("message", message));
    }
  }

  private final Connections connections;
  private final WebSocketLimits limits;

  ManagementApi(Connections connections, WebSocketLimits limits) {
    this.connections = connections;
    this.limits = limits;
  }

  /// Answers a request. Whoever has credentials may: roles are not played.
  Reply answer(Request request, String connectionId) throws IOException {
    String credentials =
        Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION)).orElse("");
    if (!credentials.startsWith("AWS4-HMAC-SHA256 ")) {
      return Reply.failure(
          HttpStatus.FORBIDDEN_403, "ForbiddenException", "Missing Authentication Token");
    }
    return switch (request.getMethod()) {
      case "POST" -> post(request, connectionId);
      case "GET" -> connections.find(connectionId).map(ManagementApi::told).orElseGet(this::gone);
      case "DELETE" -> delete(connectionId);
      default ->
          Reply.failure(
              HttpStatus.METHOD_NOT_ALLOWED_405,
              "MethodNotAllowedException",
              "The method is not allowed");
    };
  }

  private Reply post(Request request, String connectionId) throws IOException {
    byte[] data;
    try (InputStream stream = Content.Source.asInputStream(request)) {
      data = stream.readNBytes(limits.messageBytes() + 1);
    }
    if (data.length > limits.messageBytes()) {
      return Reply.failure(
          HttpStatus.PAYLOAD_TOO_LARGE_413,
          "PayloadTooLargeException",
          "The message is longer than " + limits.messageBytes() + " bytes");
    }
    if (Connection.text(data).isEmpty()) {
      return Reply.failure(HttpStatus.BAD_REQUEST_400, "BadRequestException", "Not UTF-8");
    }
    return connections
        .find(connectionId)
        .filter(connection -> connection.send(data))
        .map(_ -> Reply.of(HttpStatus.OK_200))
        .orElseGet(this::gone);
  }

  private Reply delete(String connectionId) {
    Optional<Connection> connection = connections.find(connectionId);
    connection.ifPresent(open -> open.end(CloseStatus.NORMAL, "Connection Closed Normally"));
    return connection.map(_ -> Reply.of(HttpStatus.NO_CONTENT_204)).orElseGet(this::gone);
  }

  private static Reply told(Connection connection) {
    Client client = connection.client();
    ObjectNode body = JSON.createObjectNode();
    body.put("connectedAt", client.connectedAt().toString());
    body.putObject("identity")
        .put("sourceIp", client.sourceIp())
        .put("userAgent", client.userAgent());
    body.put("lastActiveAt", connection.lastActive().toString());
    return new Reply(HttpStatus.OK_200, null, body);
  }

  private Reply gone() {
    return Reply.failure(HttpStatus.GONE_410, "GoneException", "The connection is gone");
  }
}
