package app.turnout.runner.websocket;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What happens on a connection as the event that a function gets.
///
/// @param routeKey of the route that it takes
/// @param time product time
record WebSocketEvent(
    String stage, Client client, String routeKey, String requestId, Instant time, Content content) {

  /// What is particular to a kind of event.
  sealed interface Content {}

  /// A client asks for a connection.
  ///
  /// @param headers names as the client wrote them
  /// @param query decoded
  record Connect(Map<String, List<String>> headers, Map<String, List<String>> query)
      implements Content {}

  /// A client sent a message.
  record Message(String id, String body) implements Content {}

  /// A connection has ended.
  record Disconnect(int status, String reason) implements Content {}

  private static final JsonFactory JSON = new JsonFactory();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

  byte[] json() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      switch (content) {
        case Connect connect -> {
          writeHeaders(json, connect.headers());
          if (!connect.query().isEmpty()) {
            writeLast(json, "queryStringParameters", connect.query());
            writeAll(json, "multiValueQueryStringParameters", connect.query());
          }
        }
        case Disconnect _ -> writeHeaders(json, Map.of("Host", List.of(client.host())));
        case Message _ -> {}
      }
      writeContext(json);
      if (content instanceof Message message) {
        json.writeStringField("body", message.body());
      }
      json.writeBooleanField("isBase64Encoded", false);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void writeContext(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("requestContext");
    json.writeStringField("routeKey", routeKey);
    switch (content) {
      case Connect _ -> json.writeStringField("eventType", "CONNECT");
      case Message message -> {
        json.writeStringField("eventType", "MESSAGE");
        json.writeStringField("messageId", message.id());
      }
      case Disconnect disconnect -> {
        json.writeStringField("eventType", "DISCONNECT");
        json.writeNumberField("disconnectStatusCode", disconnect.status());
        json.writeStringField("disconnectReason", disconnect.reason());
      }
    }
    json.writeStringField("extendedRequestId", requestId);
    json.writeStringField("requestTime", TIME.format(time));
    json.writeStringField("messageDirection", "IN");
    json.writeStringField("stage", stage);
    json.writeNumberField("connectedAt", client.connectedAt().toEpochMilli());
    json.writeNumberField("requestTimeEpoch", time.toEpochMilli());
    json.writeObjectFieldStart("identity");
    if (!client.userAgent().isEmpty()) {
      json.writeStringField("userAgent", client.userAgent());
    }
    json.writeStringField("sourceIp", client.sourceIp());
    json.writeEndObject();
    json.writeStringField("requestId", requestId);
    json.writeStringField("domainName", client.host());
    json.writeStringField("connectionId", client.connectionId());
    json.writeStringField("apiId", "local");
    json.writeEndObject();
  }

  private static void writeHeaders(JsonGenerator json, Map<String, List<String>> headers)
      throws IOException {
    writeLast(json, "headers", headers);
    writeAll(json, "multiValueHeaders", headers);
  }

  /// Of a name that came several times, API Gateway gives the last value here.
  private static void writeLast(JsonGenerator json, String name, Map<String, List<String>> map)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, List<String>> entry : map.entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue().getLast());
    }
    json.writeEndObject();
  }

  private static void writeAll(JsonGenerator json, String name, Map<String, List<String>> map)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, List<String>> entry : map.entrySet()) {
      json.writeArrayFieldStart(entry.getKey());
      for (String value : entry.getValue()) {
        json.writeString(value);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }
}
