package app.turnout.locations.history;

import app.turnout.domain.ParticipantId;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Writes a history as GPX 1.1 (https://www.topografix.com/GPX/1/1/): a track a participant, with a
/// segment for each time between silences.
final class GpxHistory {
  private static final String NAMESPACE = "http://www.topografix.com/GPX/1/1";

  /// Where somebody was in the meantime is not known.
  private static final Duration SILENCE = Duration.ofMinutes(10);

  private final XMLStreamWriter xml;

  private GpxHistory(XMLStreamWriter xml) {
    this.xml = xml;
  }

  static String of(List<TrackPoint> points, Map<ParticipantId, String> names) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      new GpxHistory(xml).write(points, names);
      xml.close();
      return text.toString();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  private void write(List<TrackPoint> points, Map<ParticipantId, String> names)
      throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeStartElement("gpx");
    xml.writeDefaultNamespace(NAMESPACE);
    xml.writeAttribute("version", "1.1");
    xml.writeAttribute("creator", "Turnout");
    for (List<TrackPoint> track : ReadHistory.tracks(points)) {
      xml.writeStartElement("trk");
      String name = names.get(track.getFirst().participant());
      if (name != null) {
        element("name", printable(name));
      }
      segments(track);
      xml.writeEndElement();
    }
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  private void segments(List<TrackPoint> track) throws XMLStreamException {
    xml.writeStartElement("trkseg");
    TrackPoint before = track.getFirst();
    for (TrackPoint point : track) {
      if (Duration.between(before.ping().recordedAt(), point.ping().recordedAt()).compareTo(SILENCE)
          > 0) {
        xml.writeEndElement();
        xml.writeStartElement("trkseg");
      }
      point(point);
      before = point;
    }
    xml.writeEndElement();
  }

  private void point(TrackPoint point) throws XMLStreamException {
    xml.writeStartElement("trkpt");
    xml.writeAttribute("lat", decimal(point.ping().position().latitude()));
    xml.writeAttribute("lon", decimal(point.ping().position().longitude()));
    Double altitude = point.ping().altitudeMetres();
    if (altitude != null) {
      element("ele", decimal(altitude));
    }
    element("time", point.ping().recordedAt().toString());
    xml.writeEndElement();
  }

  private void element(String name, String text) throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeCharacters(text);
    xml.writeEndElement();
  }

  /// GPX has `xsd:decimal`, which knows no exponent.
  private static String decimal(double value) {
    return new java.math.BigDecimal(Double.toString(value)).toPlainString();
  }

  /// Without what XML 1.0 cannot say, not even escaped.
  private static String printable(String text) {
    return text.codePoints()
        .filter(
            c ->
                c == '\t'
                    || c == '\n'
                    || (c >= 0x20 && c <= 0xD7FF)
                    || (c >= 0xE000 && c <= 0xFFFD)
                    || c >= 0x10000)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
