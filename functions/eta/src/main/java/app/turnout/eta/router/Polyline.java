package app.turnout.eta.router;

import app.turnout.domain.GeoPoint;
import java.util.List;

/// Google's *Encoded Polyline Algorithm Format*, with six decimals as OSRM's `polyline6` has them:
/// a third of the length of coordinates as text.
final class Polyline {
  private static final double PRECISION = 1e6;
  private static final int CHUNK_BITS = 5;
  private static final int CHUNK = 0x1f;
  private static final int MORE = 0x20;
  private static final int FIRST_CHARACTER = 63;

  private Polyline() {}

  static String encode(List<GeoPoint> points) {
    StringBuilder text = new StringBuilder();
    long latitude = 0;
    long longitude = 0;
    for (GeoPoint point : points) {
      long nextLatitude = Math.round(point.latitude() * PRECISION);
      long nextLongitude = Math.round(point.longitude() * PRECISION);
      append(text, nextLatitude - latitude);
      append(text, nextLongitude - longitude);
      latitude = nextLatitude;
      longitude = nextLongitude;
    }
    return text.toString();
  }

  private static void append(StringBuilder text, long step) {
    long rest = step < 0 ? ~(step << 1) : step << 1;
    while (rest >= MORE) {
      text.append((char) ((MORE | (rest & CHUNK)) + FIRST_CHARACTER));
      rest >>= CHUNK_BITS;
    }
    text.append((char) (rest + FIRST_CHARACTER));
  }
}
