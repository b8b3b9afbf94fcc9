package app.turnout.runner.http;

import app.turnout.stores.LocalAws;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A request as the event that a function gets: API Gateway's payload format 2.0.
///
/// @param rawPath decoded, as API Gateway gives it
/// @param rawQuery as sent, without the question mark; empty when there is none
/// @param headers in the order sent, names in lower case; a name may come several times
@SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
record HttpEvent(
    String requestId,
    Instant time,
    String method,
    String protocol,
    String rawPath,
    String rawQuery,
    String sourceIp,
    RouteTable.Match match,
    List<Header> headers,
    byte[] body) {

  /// One line of the header.
  record Header(String name, String value) {}

  private static final JsonFactory JSON = new JsonFactory();

  /// How API Gateway writes times.
  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

  /// @throws IllegalArgumentException when the query is not well encoded
  byte[] json() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length + 2048);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("version", "2.0");
    json.writeStringField("routeKey", match.route().key());
    json.writeStringField("rawPath", rawPath);
    json.writeStringField("rawQueryString", rawQuery);
    writeCookies(json);
    writeMap(json, "headers", joinedHeaders());
    Map<String, String> query = query();
    if (!query.isEmpty()) {
      writeMap(json, "queryStringParameters", query);
    }
    writeContext(json);
    if (!match.parameters().isEmpty()) {
      writeMap(json, "pathParameters", match.parameters());
    }
    writeBody(json);
    json.writeEndObject();
  }

  private void writeCookies(JsonGenerator json) throws IOException {
    List<String> cookies = new ArrayList<>();
    for (Header header : headers) {
      if (header.name().equals("cookie")) {
        for (String cookie : header.value().split(";", -1)) {
          if (!cookie.isBlank()) {
            cookies.add(cookie.strip());
          }
        }
      }
    }
    if (!cookies.isEmpty()) {
      json.writeArrayFieldStart("cookies");
      for (String cookie : cookies) {
        json.writeString(cookie);
      }
      json.writeEndArray();
    }
  }

  /// Cookies stand in a list of their own.
  private Map<String, String> joinedHeaders() {
    Map<String, String> joined = new LinkedHashMap<>();
    for (Header header : headers) {
      if (!header.name().equals("cookie")) {
        joined.merge(header.name(), header.value(), (earlier, later) -> earlier + "," + later);
      }
    }
    return joined;
  }

  private Map<String, String> query() {
    Map<String, String> query = new LinkedHashMap<>();
    for (String part : rawQuery.split("&", -1)) {
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        String name = decoded(equals < 0 ? part : part.substring(0, equals));
        String value = equals < 0 ? "" : decoded(part.substring(equals + 1));
        query.merge(name, value, (earlier, later) -> earlier + "," + later);
      }
    }
    return query;
  }

  private static String decoded(String text) {
    return PercentEncoding.decode(text, true)
        .orElseThrow(() -> new IllegalArgumentException("bad encoding in the query"));
  }

  private void writeContext(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("requestContext");
    json.writeStringField("accountId", LocalAws.ACCOUNT);
    json.writeStringField("apiId", "local");
    json.writeStringField("domainName", header("host").orElse("localhost"));
    json.writeStringField("domainPrefix", "local");
    json.writeObjectFieldStart("http");
    json.writeStringField("method", method);
    json.writeStringField("path", rawPath);
    json.writeStringField("protocol", protocol);
    json.writeStringField("sourceIp", sourceIp);
    json.writeStringField("userAgent", header("user-agent").orElse(""));
    json.writeEndObject();
    json.writeStringField("requestId", requestId);
    json.writeStringField("routeKey", match.route().key());
    json.writeStringField("stage", "$default");
    json.writeStringField("time", TIME.format(time));
    json.writeNumberField("timeEpoch", time.toEpochMilli());
    json.writeEndObject();
  }

  private void writeBody(JsonGenerator json) throws IOException {
    if (body.length == 0) {
      json.writeBooleanField("isBase64Encoded", false);
      return;
    }
    Optional<String> text = isText() ? PercentEncoding.utf8(body) : Optional.empty();
    if (text.isPresent()) {
      json.writeStringField("body", text.get());
    } else {
      json.writeStringField("body", Base64.getEncoder().encodeToString(body));
    }
    json.writeBooleanField("isBase64Encoded", text.isEmpty());
  }

  /// What API Gateway hands over as text; forms are not among it.
  private boolean isText() {
    String type =
        header("content-type").orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return type.startsWith("text/")
        || type.equals("application/json")
        || type.equals("application/javascript")
        || type.equals("application/xml")
        || type.endsWith("+json")
        || type.endsWith("+xml");
  }

  private Optional<String> header(String name) {
    return headers.stream()
        .filter(header -> header.name().equals(name))
        .map(Header::value)
        .findFirst();
  }

  private static void writeMap(JsonGenerator json, String name, Map<String, String> map)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, String> entry : map.entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
  }
}
