package app.turnout.tracks;

import java.util.List;
import java.util.Locale;

/// Writes tracks as GPX 1.1 (https://www.topografix.com/GPX/1/1/), a line a position, with the
/// attribution that the map's licence asks for.
final class Gpx {
  private Gpx() {}

  static String of(String title, List<MadeTrack> tracks) {
    StringBuilder gpx = new StringBuilder();
    gpx.append(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <gpx version="1.1" creator="Turnout" xmlns="http://www.topografix.com/GPX/1/1">
        <metadata><name>%s</name>
        <copyright author="OpenStreetMap contributors">\
        <license>https://opendatacommons.org/licenses/odbl/1-0/</license></copyright></metadata>
        """
            .formatted(title));
    for (MadeTrack track : tracks) {
      gpx.append(
          "<trk><name>%s</name><type>%s</type><trkseg>\n"
              .formatted(track.name(), track.kind().wireValue()));
      for (Moment moment : track.positions()) {
        gpx.append(
            String.format(
                Locale.ROOT,
                "<trkpt lat=\"%.6f\" lon=\"%.6f\"><time>%s</time></trkpt>\n",
                moment.position().latitude(),
                moment.position().longitude(),
                track.time(moment)));
      }
      gpx.append("</trkseg></trk>\n");
    }
    return gpx.append("</gpx>\n").toString();
  }
}
