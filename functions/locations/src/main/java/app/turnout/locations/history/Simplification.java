package app.turnout.locations.history;

import app.turnout.domain.GeoPoint;
import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.simplify.DouglasPeuckerSimplifier;

/// Leaves out what a drawing does not need: by the algorithm of Douglas and Peucker, what is within
/// so many metres of the line through the points that stay. The first and the last point stay.
///
/// @param metres more than 0
record Simplification(double metres) {
  private static final double METRES_PER_DEGREE = 111_195.08;

  private static final GeometryFactory GEOMETRIES = new GeometryFactory();

  /// The algorithm goes as deep, and takes as long for each point, as a line is crooked: a long one
  /// is taken in pieces, whose ends stay.
  private static final int PIECE = 1_000;

  /// The points of one participant that stay, in their order.
  List<TrackPoint> of(List<TrackPoint> track) {
    if (track.size() <= 2) {
      return track;
    }
    List<TrackPoint> kept = new ArrayList<>();
    for (int start = 0; start < track.size() - 1; start += PIECE) {
      int end = Math.min(start + PIECE, track.size() - 1);
      List<TrackPoint> piece = piece(track.subList(start, end + 1));
      kept.addAll(start == 0 ? piece : piece.subList(1, piece.size()));
    }
    return kept;
  }

  private List<TrackPoint> piece(List<TrackPoint> track) {
    DouglasPeuckerSimplifier simplifier =
        new DouglasPeuckerSimplifier(GEOMETRIES.createLineString(onPlane(track)));
    simplifier.setDistanceTolerance(metres);
    simplifier.setEnsureValid(false);
    List<TrackPoint> kept = new ArrayList<>();
    for (Coordinate coordinate : simplifier.getResultGeometry().getCoordinates()) {
      kept.add(track.get((int) coordinate.getZ()));
    }
    return kept;
  }

  /// In metres east and north of the first point, as if the earth were flat there, with its index
  /// as the third ordinate.
  private static Coordinate[] onPlane(List<TrackPoint> track) {
    GeoPoint origin = track.getFirst().ping().position();
    double metresPerLongitude = METRES_PER_DEGREE * Math.cos(Math.toRadians(origin.latitude()));
    Coordinate[] plane = new Coordinate[track.size()];
    for (int i = 0; i < plane.length; i++) {
      GeoPoint position = track.get(i).ping().position();
      double east = Math.IEEEremainder(position.longitude() - origin.longitude(), 360);
      plane[i] =
          new Coordinate(
              east * metresPerLongitude,
              (position.latitude() - origin.latitude()) * METRES_PER_DEGREE,
              i);
    }
    return plane;
  }
}
