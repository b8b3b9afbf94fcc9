package app.turnout.runner.replay;

import app.turnout.runner.RunnerException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// Reads track points with their times from GPX (https://www.topografix.com/GPX/1/1/). Points
/// without a time cannot be replayed and are left out.
final class GpxReader {
  private final XMLStreamReader xml;

  private GpxReader(XMLStreamReader xml) {
    this.xml = xml;
  }

  /// All points of a file as one track.
  static Track read(String name, InputStream in) {
    return read(name, in, reader -> new Track(name, reader.points()));
  }

  /// Each track of a file by the name that it has there.
  static List<Track> readAll(String name, InputStream in) {
    return read(name, in, GpxReader::tracks);
  }

  private interface Reading<T> {
    T of(GpxReader reader) throws XMLStreamException;
  }

  private static <T> T read(String name, InputStream in, Reading<T> reading) {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(in);
      try {
        return reading.of(new GpxReader(xml));
      } finally {
        xml.close();
      }
    } catch (XMLStreamException | NumberFormatException | DateTimeException e) {
      throw new RunnerException(name + " is no GPX track: " + firstLine(e), e);
    }
  }

  private List<Track> tracks() throws XMLStreamException {
    List<Track> tracks = new ArrayList<>();
    String name = "";
    List<TrackPoint> points = new ArrayList<>();
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "trk" -> points.clear();
          case "name" -> name = xml.getElementText().strip();
          case "trkpt" -> {
            TrackPoint point = point();
            if (point != null) {
              points.add(point);
            }
          }
          default -> {}
        }
      } else if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("trk")) {
        tracks.add(new Track(name, points));
      }
    }
    return tracks;
  }

  private List<TrackPoint> points() throws XMLStreamException {
    List<TrackPoint> points = new ArrayList<>();
    while (xml.hasNext()) {
      if (xml.next() == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("trkpt")) {
        TrackPoint point = point();
        if (point != null) {
          points.add(point);
        }
      }
    }
    return points;
  }

  private @Nullable TrackPoint point() throws XMLStreamException {
    double latitude = coordinate("lat");
    double longitude = coordinate("lon");
    Double altitude = null;
    Instant time = null;
    for (int depth = 1; depth > 0; ) {
      int event = xml.next();
      if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      } else if (event == XMLStreamConstants.START_ELEMENT) {
        if (depth == 1 && xml.getLocalName().equals("time")) {
          time = OffsetDateTime.parse(xml.getElementText().strip()).toInstant();
        } else if (depth == 1 && xml.getLocalName().equals("ele")) {
          altitude = Double.valueOf(xml.getElementText().strip());
        } else {
          depth++;
        }
      }
    }
    return time == null ? null : new TrackPoint(time, latitude, longitude, altitude);
  }

  private double coordinate(String attribute) {
    String value = xml.getAttributeValue(null, attribute);
    if (value == null) {
      throw new NumberFormatException("a point without " + attribute);
    }
    return Double.parseDouble(value);
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
