package app.turnout.tracks;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// Writes what is true of tracks, a line each, as comma-separated values.
final class Arrivals {
  private Arrivals() {}

  static String of(List<MadeTrack> tracks) {
    StringBuilder lines =
        new StringBuilder(
            "track,kind,venue,latitude,longitude,arrival_radius_metres,departure,arrival,"
                + "router_seconds\n");
    for (MadeTrack track : tracks) {
      lines.append(
          String.format(
              Locale.ROOT,
              "%s,%s,%s,%.6f,%.6f,%d,%s,%s,%.0f\n",
              track.name(),
              track.kind().wireValue(),
              track.venue().name(),
              track.venue().position().latitude(),
              track.venue().position().longitude(),
              Venue.ARRIVAL_RADIUS_METRES,
              track.departure(),
              track.arrival().map(Instant::toString).orElse(""),
              track.routerSeconds()));
    }
    return lines.toString();
  }
}
