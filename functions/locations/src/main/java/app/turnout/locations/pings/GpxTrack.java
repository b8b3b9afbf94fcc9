package app.turnout.locations.pings;

import app.turnout.domain.GeoPoint;
import app.turnout.locations.Ping;
import app.turnout.platform.json.Texts;
import app.turnout.platform.problem.FieldError;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// The track points of a GPX file, 1.0 or 1.1 (https://www.topografix.com/GPX/1/1/), over all its
/// tracks and segments, in the order in which they stand. Way points and routes say where somebody
/// wanted to be, and are passed over. Speed (metres a second), course and accuracy are taken from
/// the point itself, as in 1.0, or from its extensions, by whatever name space.
///
/// Names are compared without their name space: the files of real apps are not exact about it.
/// Document types, and with them entities, are refused.
///
/// @param pings those that can be read
/// @param indexes which point each of `pings` is, from 0
/// @param faults the first of each point that is none of `pings`
record GpxTrack(List<Ping> pings, List<Integer> indexes, SortedMap<Integer, FieldError> faults) {
  /// A day at one point a second.
  static final int MOST_POINTS = 86_400;

  private static final int LONGEST_TEXT = 60;
  private static final Pattern NUMBER =
      Pattern.compile(
          "[-+]?(?:[0-9]{1,20}(?:\\.[0-9]{0,40})?|\\.[0-9]{1,40})(?:[eE][-+]?[0-9]{1,2})?");
  private static final XMLInputFactory XML = factory();

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    // Else faults are printed, and thrown.
    factory.setXMLReporter((message, type, related, location) -> {});
    return factory;
  }

  /// Throws [ProblemException]: 400 when it is no XML, 422 when it is no GPX, or has no point or
  /// too many.
  static GpxTrack read(byte[] file) {
    Reader reader = new Reader();
    try {
      XMLStreamReader xml = XML.createXMLStreamReader(new ByteArrayInputStream(file));
      try {
        reader.read(xml);
      } finally {
        xml.close();
      }
    } catch (XMLStreamException e) {
      throw new ProblemException(
          ProblemType.MALFORMED_REQUEST,
          "The body is not well-formed XML: line " + e.getLocation().getLineNumber());
    }
    if (reader.points == 0) {
      throw invalid("min_items", "must have at least 1 track point");
    }
    return new GpxTrack(reader.pings, reader.indexes, reader.faults);
  }

  private static ProblemException invalid(String rule, String message) {
    return ProblemException.invalidField("gpx", rule, message);
  }

  /// Reads one file.
  private static final class Reader {
    private final List<Ping> pings = new ArrayList<>();
    private final List<Integer> indexes = new ArrayList<>();
    private final SortedMap<Integer, FieldError> faults = new TreeMap<>();
    private int points;

    void read(XMLStreamReader xml) throws XMLStreamException {
      boolean isInside = false;
      while (xml.hasNext()) {
        switch (xml.next()) {
          case XMLStreamConstants.DTD -> throw invalid("dtd", "must have no document type");
          case XMLStreamConstants.START_ELEMENT -> {
            if (!isInside && !xml.getLocalName().equals("gpx")) {
              throw invalid("type", "must be a GPX file");
            }
            isInside = true;
            if (xml.getLocalName().equals("trkpt")) {
              if (points == MOST_POINTS) {
                throw invalid("max_items", "must have at most " + MOST_POINTS + " track points");
              }
              point(xml, points++);
            }
          }
          default -> {}
        }
      }
    }

    private void point(XMLStreamReader xml, int index) throws XMLStreamException {
      Point point =
          new Point(xml.getAttributeValue(null, "lat"), xml.getAttributeValue(null, "lon"));
      int depth = 1;
      while (depth > 0) {
        switch (xml.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            String name = xml.getLocalName();
            if (Point.NAMES.contains(name)) {
              point.say(name, text(xml));
            } else {
              depth++;
            }
          }
          case XMLStreamConstants.END_ELEMENT -> depth--;
          default -> {}
        }
      }
      Ping ping = point.ping();
      if (ping == null) {
        faults.put(index, point.fault());
      } else {
        pings.add(ping);
        indexes.add(index);
      }
    }

    /// Up to the element's end; what is longer than anything that means something is cut.
    private static String text(XMLStreamReader xml) throws XMLStreamException {
      StringBuilder text = new StringBuilder();
      int depth = 1;
      while (depth > 0) {
        switch (xml.next()) {
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
            if (depth == 1 && text.length() <= LONGEST_TEXT) {
              int room = LONGEST_TEXT + 1 - text.length();
              text.append(
                  xml.getTextCharacters(), xml.getTextStart(), Math.min(room, xml.getTextLength()));
            }
          }
          case XMLStreamConstants.START_ELEMENT -> depth++;
          case XMLStreamConstants.END_ELEMENT -> depth--;
          default -> {}
        }
      }
      return text.toString().strip();
    }
  }

  /// What one point says, and the first thing that is wrong with it.
  private static final class Point {
    static final List<String> NAMES =
        List.of("time", "ele", "speed", "course", "bearing", "accuracy");

    private final @Nullable Double latitude;
    private final @Nullable Double longitude;
    private @Nullable Instant time;
    private @Nullable Double altitude;
    private @Nullable Double speed;
    private @Nullable Double heading;
    private @Nullable Double accuracy;
    private @Nullable FieldError fault;

    Point(@Nullable String lat, @Nullable String lon) {
      latitude = required("lat", lat, 90);
      longitude = required("lon", lon, 180);
    }

    void say(String name, String text) {
      switch (name) {
        case "time" -> time = time(text);
        case "ele" ->
            altitude = number("ele", text, Ping.MIN_ALTITUDE_METRES, Ping.MAX_ALTITUDE_METRES);
        case "speed" ->
            speed = known(number("speed", text, -1e9, Ping.MAX_SPEED_METRES_PER_SECOND));
        case "accuracy" ->
            accuracy = known(number("accuracy", text, -1e9, Ping.MAX_ACCURACY_METRES));
        default -> heading = known(number(name, text, -1e9, 360));
      }
    }

    /// Null when there is a fault.
    @Nullable Ping ping() {
      if (time == null) {
        tell("time", "required", "must be given");
      }
      return fault != null || latitude == null || longitude == null || time == null
          ? null
          : new Ping(
              time, new GeoPoint(latitude, longitude), accuracy, altitude, speed, heading, null);
    }

    FieldError fault() {
      if (fault == null) {
        throw new IllegalStateException("Nothing is wrong with it");
      }
      return fault;
    }

    private void tell(String field, String rule, String message) {
      if (fault == null) {
        fault = new FieldError(field, rule, message);
      }
    }

    private @Nullable Instant time(String text) {
      try {
        return Texts.instant(text);
      } catch (IllegalArgumentException e) {
        tell("time", "date_time", "must be a time as in 2026-03-01T09:00:00Z");
        return null;
      }
    }

    private @Nullable Double required(String name, @Nullable String text, double most) {
      if (text == null) {
        tell(name, "required", "must be given");
        return null;
      }
      return number(name, text.strip(), -most, most);
    }

    private @Nullable Double number(String name, String text, double least, double most) {
      if (!NUMBER.matcher(text).matches()) {
        tell(name, "type", "must be a number");
        return null;
      }
      double number = Double.parseDouble(text);
      if (number < least) {
        tell(name, "min", "must be at least " + (long) least);
        return null;
      }
      if (number > most) {
        tell(name, "max", "must be at most " + (long) most);
        return null;
      }
      return number;
    }

    /// A negative one is the apps' way to say that it is not known.
    private static @Nullable Double known(@Nullable Double value) {
      return value == null || value < 0 ? null : value;
    }
  }
}
