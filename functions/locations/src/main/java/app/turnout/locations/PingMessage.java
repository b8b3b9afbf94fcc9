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
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// Pings of one participant on their way through the queue. On the wire, version 1:
///
/// ```
/// {"v":1,"organization":"…","occurrence":"…","participant":"…","received_at":"…","source":"json",
///  "pings":[[1550475000000000,52.66,-8.62,4.1,null,12.5,270.0,87.0],…]}
/// ```
///
/// A ping is an array: microseconds since 1970, latitude, longitude, accuracy, altitude, speed,
/// heading, battery, the last five null where the phone said nothing. [#MOST_PINGS] of them are
/// under 100 KB, so a call's pings fit into one message of SQS, which takes 256 KB. From
/// [#PACKED_FROM] characters on it goes deflated and in Base64, a third of that: queues cost and
/// take time by their size.
///
/// @param receivedAt when the API took them
public record PingMessage(
    OrganizationId organization,
    OccurrenceId occurrence,
    ParticipantId participant,
    Instant receivedAt,
    PingSource source,
    List<Ping> pings) {
  public static final int MOST_PINGS = 500;

  /// Fewer characters are not worth it.
  static final int PACKED_FROM = 1_000;

  /// Far above what [#MOST_PINGS] take.
  private static final int MOST_BYTES = 1 << 20;

  private static final int VERSION = 1;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .build();

  public PingMessage {
    pings = List.copyOf(pings);
    if (pings.isEmpty() || pings.size() > MOST_PINGS) {
      throw new IllegalArgumentException("a message has 1 to " + MOST_PINGS + " pings");
    }
  }

  /// As it goes through the queue, packed when that is worth it.
  public String toText() {
    String json = toJson();
    return json.length() < PACKED_FROM ? json : pack(json);
  }

  private static String pack(String json) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    ByteArrayOutputStream packed = new ByteArrayOutputStream(json.length() / 2);
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
      out.write(json.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      deflater.end();
    }
    return Base64.getEncoder().encodeToString(packed.toByteArray());
  }

  private static String unpack(String text) throws IOException {
    try (InputStream in =
        new InflaterInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
      byte[] json = in.readNBytes(MOST_BYTES);
      if (in.read() >= 0) {
        throw new IllegalArgumentException("a message is too long");
      }
      return new String(json, StandardCharsets.UTF_8);
    }
  }

  public String toJson() {
    StringWriter text = new StringWriter(200 + 80 * pings.size());
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("v", VERSION);
      json.writeStringField("organization", organization.toString());
      json.writeStringField("occurrence", occurrence.toString());
      json.writeStringField("participant", participant.toString());
      json.writeStringField("received_at", receivedAt.toString());
      json.writeStringField("source", source.name().toLowerCase(Locale.ROOT));
      json.writeArrayFieldStart("pings");
      for (Ping ping : pings) {
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
  public static PingMessage parse(String text) {
    try (JsonParser json = JSON.createParser(text.startsWith("{") ? text : unpack(text))) {
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
    } catch (JsonParseException | ZipException | EOFException | DateTimeException e) {
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
