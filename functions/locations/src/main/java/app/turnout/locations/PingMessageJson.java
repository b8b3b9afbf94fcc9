package app.turnout.locations;

import app.turnout.domain.GeoPoint;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Pings in a form for people and programs, version 1:
///
/// ```
/// {"v":1,"organization":"…","occurrence":"…","participant":"…","received_at":"…","source":"json",
///  "pings":[[1550475000000000,52.66,-8.62,4.1,null,12.5,270.0,87.0],…]}
/// ```
///
/// A ping is an array: microseconds since 1970, latitude, longitude, accuracy, altitude, speed,
/// heading, battery, the last five null where the phone said nothing.
final class PingMessageJson {
  private static final int VERSION = 1;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .build();

  private PingMessageJson() {}

  static String write(PingMessage message) {
    StringWriter text = new StringWriter(200 + 80 * message.pings().size());
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("v", VERSION);
      json.writeStringField("organization", message.organization().toString());
      json.writeStringField("occurrence", message.occurrence().toString());
      json.writeStringField("participant", message.participant().toString());
      json.writeStringField("received_at", message.receivedAt().toString());
      json.writeStringField("source", message.source().name().toLowerCase(Locale.ROOT));
      json.writeArrayFieldStart("pings");
      for (Ping ping : message.pings()) {
        json.writeStartArray();
        json.writeNumber(ChronoUnit.MICROS.between(Instant.EPOCH, ping.recordedAt()));
        json.writeNumber(ping.position().latitude());
        json.writeNumber(ping.position().longitude());
        write(json, ping.accuracyMetres());
        write(json, ping.altitudeMetres());
        write(json, ping.speedMetresPerSecond());
        write(json, ping.headingDegrees());
        write(json, ping.batteryPercent());
        json.writeEndArray();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, @Nullable Double number) throws IOException {
    if (number == null) {
      json.writeNull();
    } else {
      json.writeNumber(number);
    }
  }

  /// Throws [IllegalArgumentException] when it is not such a message, or its pings are impossible.
  static PingMessage read(String text) {
    try (JsonParser json = JSON.createParser(text)) {
      expect(json.nextToken(), JsonToken.START_OBJECT);
      Map<String, String> texts = new HashMap<>();
      List<Ping> pings = List.of();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (json.nextToken() == JsonToken.START_ARRAY && name.equals("pings")) {
          pings = pings(json);
        } else if (json.currentToken().isScalarValue()) {
          texts.put(name, json.getText());
        } else {
          throw new IllegalArgumentException(name + " has no such value");
        }
      }
      if (!Integer.toString(VERSION).equals(texts.get("v"))) {
        throw new IllegalArgumentException("not a message of version " + VERSION);
      }
      return new PingMessage(
          new OrganizationId(UUID.fromString(required(texts, "organization"))),
          new OccurrenceId(UUID.fromString(required(texts, "occurrence"))),
          new ParticipantId(UUID.fromString(required(texts, "participant"))),
          Instant.parse(required(texts, "received_at")),
          PingSource.valueOf(required(texts, "source").toUpperCase(Locale.ROOT)),
          pings);
    } catch (JsonParseException | DateTimeException e) {
      throw new IllegalArgumentException("not a message of pings", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Ping> pings(JsonParser json) throws IOException {
    List<Ping> pings = new ArrayList<>();
    while (json.nextToken() == JsonToken.START_ARRAY) {
      expect(json.nextToken(), JsonToken.VALUE_NUMBER_INT);
      Instant recordedAt = Instant.EPOCH.plus(json.getLongValue(), ChronoUnit.MICROS);
      Double latitude = number(json);
      Double longitude = number(json);
      if (latitude == null || longitude == null) {
        throw new IllegalArgumentException("a ping has no position");
      }
      pings.add(
          new Ping(
              recordedAt,
              new GeoPoint(latitude, longitude),
              number(json),
              number(json),
              number(json),
              number(json),
              number(json)));
      expect(json.nextToken(), JsonToken.END_ARRAY);
    }
    expect(json.currentToken(), JsonToken.END_ARRAY);
    return pings;
  }

  private static @Nullable Double number(JsonParser json) throws IOException {
    JsonToken token = json.nextToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token == null || !token.isNumeric()) {
      throw new IllegalArgumentException("a ping has something that is no number");
    }
    return json.getDoubleValue();
  }

  private static void expect(@Nullable JsonToken token, JsonToken expected) {
    if (token != expected) {
      throw new IllegalArgumentException("expected " + expected + ", found " + token);
    }
  }

  private static String required(Map<String, String> texts, String name) {
    String text = texts.get(name);
    if (text == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return text;
  }
}
