package app.turnout.eta;

import app.turnout.domain.GeoPoint;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/// Reads the tracks of the tests.
final class Gpx {
  private Gpx() {}

  /// All positions of a file.
  static List<Ping> pings(String resource) {
    return pings(parse(resource).getDocumentElement());
  }

  /// The positions of each track of a file, by its name.
  static Map<String, List<Ping>> tracks(String resource) {
    NodeList tracks = parse(resource).getElementsByTagName("trk");
    Map<String, List<Ping>> pings = new LinkedHashMap<>();
    for (int i = 0; i < tracks.getLength(); i++) {
      Element track = (Element) tracks.item(i);
      pings.put(track.getElementsByTagName("name").item(0).getTextContent(), pings(track));
    }
    return pings;
  }

  private static List<Ping> pings(Element parent) {
    NodeList points = parent.getElementsByTagName("trkpt");
    List<Ping> pings = new ArrayList<>();
    for (int i = 0; i < points.getLength(); i++) {
      Element point = (Element) points.item(i);
      pings.add(
          new Ping(
              Instant.parse(point.getElementsByTagName("time").item(0).getTextContent()),
              new GeoPoint(
                  Double.parseDouble(point.getAttribute("lat")),
                  Double.parseDouble(point.getAttribute("lon"))),
              0));
    }
    return pings;
  }

  private static Document parse(String resource) {
    try (InputStream file = Objects.requireNonNull(Gpx.class.getResourceAsStream(resource));
        InputStream text = resource.endsWith(".gz") ? new GZIPInputStream(file) : file) {
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(text);
    } catch (IOException | ParserConfigurationException | SAXException e) {
      throw new IllegalStateException(resource, e);
    }
  }
}
