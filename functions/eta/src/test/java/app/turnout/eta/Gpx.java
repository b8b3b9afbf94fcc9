package app.turnout.eta;

import app.turnout.domain.GeoPoint;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/// Reads the recorded tracks of the tests.
final class Gpx {
  private Gpx() {}

  static List<Ping> pings(String resource) {
    try (InputStream file = Objects.requireNonNull(Gpx.class.getResourceAsStream(resource))) {
      NodeList points =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(file)
              .getElementsByTagName("trkpt");
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
    } catch (IOException | ParserConfigurationException | SAXException e) {
      throw new IllegalStateException(resource, e);
    }
  }
}
