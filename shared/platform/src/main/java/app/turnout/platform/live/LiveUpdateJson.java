package app.turnout.platform.live;

import app.turnout.domain.GeoPoint;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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

/// Updates on the wire, version 1:
///
/// ```
/// {"v":1,"kind":"positions","organization":"…","occurrence":"…","rows":[[…],…]}
/// ```
///
/// A row is an array. Of `positions`: participant, microseconds since 1970, latitude, longitude,
/// accuracy, heading, speed. Of `etas`, which have `as_of` in milliseconds: participant, state,
/// strategy, travel mode, arrival, distance, route, off road, moving, arrived, last ping, times in
/// milliseconds. Of `changes`, which have an `id`: what changed, participant, reason.
final class LiveUpdateJson {
  private static final int VERSION = 1;
  private static final JsonFactory JSON = new JsonFactory();

  private LiveUpdateJson() {}

  static String write(LiveUpdate update) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("v", VERSION);
      json.writeStringField("organization", update.organization().toString());
      json.writeStringField("occurrence", update.occurrence().toString());
      switch (update) {
        case LiveUpdate.Positions positions -> {
          json.writeStringField("kind", "positions");
          json.writeArrayFieldStart("rows");
          for (LivePosition position : positions.positions()) {
            writeRow(
                json,
                position.participant(),
                ChronoUnit.MICROS.between(Instant.EPOCH, position.recordedAt()),
                position.position().latitude(),
                position.position().longitude(),
                position.accuracyMetres(),
                position.headingDegrees(),
                position.speedMetresPerSecond());
          }
        }
        case LiveUpdate.Etas etas -> {
          json.writeStringField("kind", "etas");
          json.writeNumberField("as_of", etas.asOf().toEpochMilli());
          json.writeArrayFieldStart("rows");
          for (LiveEta eta : etas.etas()) {
            writeRow(
                json,
                eta.participant(),
                eta.state(),
                eta.strategy(),
                eta.travelMode(),
                millis(eta.eta()),
                eta.distanceMetres(),
                eta.routeMetres(),
                eta.offRoadMetres(),
                eta.moving(),
                millis(eta.arrivedAt()),
                millis(eta.lastPingAt()));
          }
        }
        case LiveUpdate.Changes changes -> {
          json.writeStringField("kind", "changes");
          json.writeStringField("id", changes.id().toString());
          json.writeArrayFieldStart("rows");
          for (LiveChange change : changes.changes()) {
            write(json, change);
          }
        }
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, LiveChange change) throws IOException {
    switch (change) {
      case LiveChange.Joined joined -> writeRow(json, "joined", joined.participant());
      case LiveChange.Updated updated -> writeRow(json, "updated", updated.participant());
      case LiveChange.Left left ->
          writeRow(json, "left", left.participant(), left.reason().name().toLowerCase(Locale.ROOT));
      case LiveChange.EventChanged _ -> writeRow(json, "event");
    }
  }

  private static void writeRow(JsonGenerator json, @Nullable Object... values) throws IOException {
    json.writeStartArray();
    for (Object value : values) {
      switch (value) {
        case null -> json.writeNull();
        case Long number -> json.writeNumber(number);
        case Double number -> json.writeNumber(number);
        case Boolean truth -> json.writeBoolean(truth);
        default -> json.writeString(value.toString());
      }
    }
    json.writeEndArray();
  }

  private static @Nullable Long millis(@Nullable Instant instant) {
    return instant == null ? null : instant.toEpochMilli();
  }

  static LiveUpdate parse(String text) {
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("not an object");
      }
      Map<String, String> texts = new HashMap<>();
      List<Row> rows = List.of();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (json.nextToken() == JsonToken.START_ARRAY && name.equals("rows")) {
          rows = rows(json);
        } else if (json.currentToken().isScalarValue()) {
          texts.put(name, json.getText());
        } else {
          throw new IllegalArgumentException(name + " has no such value");
        }
      }
      if (!Integer.toString(VERSION).equals(texts.get("v"))) {
        throw new IllegalArgumentException("not an update of version " + VERSION);
      }
      OrganizationId organization =
          new OrganizationId(UUID.fromString(required(texts, "organization")));
      OccurrenceId occurrence = new OccurrenceId(UUID.fromString(required(texts, "occurrence")));
      return switch (required(texts, "kind")) {
        case "positions" ->
            new LiveUpdate.Positions(
                organization, occurrence, rows.stream().map(LiveUpdateJson::position).toList());
        case "etas" ->
            new LiveUpdate.Etas(
                organization,
                occurrence,
                Instant.ofEpochMilli(Long.parseLong(required(texts, "as_of"))),
                rows.stream().map(LiveUpdateJson::eta).toList());
        case "changes" ->
            new LiveUpdate.Changes(
                organization,
                occurrence,
                UUID.fromString(required(texts, "id")),
                rows.stream().map(LiveUpdateJson::change).toList());
        default -> throw new IllegalArgumentException("an update of an unknown kind");
      };
    } catch (JsonParseException | DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("not an update", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Row> rows(JsonParser json) throws IOException {
    List<Row> rows = new ArrayList<>();
    while (json.nextToken() == JsonToken.START_ARRAY) {
      List<String> values = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        if (json.currentToken() == null || !json.currentToken().isScalarValue()) {
          throw new IllegalArgumentException("a row has something that is no value");
        }
        values.add(json.currentToken() == JsonToken.VALUE_NULL ? "" : json.getText());
      }
      rows.add(new Row(values));
    }
    if (json.currentToken() != JsonToken.END_ARRAY) {
      throw new IllegalArgumentException("rows have something that is no row");
    }
    return rows;
  }

  private static LivePosition position(Row row) {
    return new LivePosition(
        new ParticipantId(row.id(0)),
        new GeoPoint(row.decimal(2), row.decimal(3)),
        row.findDecimal(4),
        row.findDecimal(5),
        row.findDecimal(6),
        Instant.EPOCH.plus(row.number(1), ChronoUnit.MICROS));
  }

  private static LiveEta eta(Row row) {
    return new LiveEta(
        new ParticipantId(row.id(0)),
        row.text(1),
        row.findText(2),
        row.text(3),
        row.findInstant(4),
        row.findNumber(5),
        row.findNumber(6),
        row.findNumber(7),
        row.findTruth(8),
        row.findInstant(9),
        row.findInstant(10));
  }

  private static LiveChange change(Row row) {
    return switch (row.text(0)) {
      case "joined" -> new LiveChange.Joined(new ParticipantId(row.id(1)));
      case "updated" -> new LiveChange.Updated(new ParticipantId(row.id(1)));
      case "left" ->
          new LiveChange.Left(
              new ParticipantId(row.id(1)),
              LiveChange.Reason.valueOf(row.text(2).toUpperCase(Locale.ROOT)));
      case "event" -> new LiveChange.EventChanged();
      default -> throw new IllegalArgumentException("a change of an unknown kind");
    };
  }

  private static String required(Map<String, String> texts, String name) {
    String text = texts.get(name);
    if (text == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return text;
  }

  /// @param values as text; empty where it was null
  private record Row(List<String> values) {
    String text(int column) {
      String text = findText(column);
      if (text == null) {
        throw new IllegalArgumentException("a row has too little");
      }
      return text;
    }

    UUID id(int column) {
      return UUID.fromString(text(column));
    }

    long number(int column) {
      return Long.parseLong(text(column));
    }

    double decimal(int column) {
      return Double.parseDouble(text(column));
    }

    @Nullable String findText(int column) {
      return column < values.size() && !values.get(column).isEmpty() ? values.get(column) : null;
    }

    @Nullable Long findNumber(int column) {
      String text = findText(column);
      return text == null ? null : Long.valueOf(text);
    }

    @Nullable Double findDecimal(int column) {
      String text = findText(column);
      return text == null ? null : Double.valueOf(text);
    }

    @Nullable Boolean findTruth(int column) {
      String text = findText(column);
      return text == null ? null : Boolean.valueOf(text);
    }

    @Nullable Instant findInstant(int column) {
      String text = findText(column);
      return text == null ? null : Instant.ofEpochMilli(Long.parseLong(text));
    }
  }
}
