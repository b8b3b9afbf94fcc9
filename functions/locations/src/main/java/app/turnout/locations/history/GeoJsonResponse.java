package app.turnout.locations.history;

import app.turnout.domain.ParticipantId;
import app.turnout.locations.Ping;
import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A history as GeoJSON (RFC 7946): a feature a participant.
///
/// @param type `FeatureCollection`
/// @param nextCursor where the next part starts; null on the last one
@Serdeable
record GeoJsonResponse(String type, List<Feature> features, @Nullable String nextCursor) {
  GeoJsonResponse {
    features = List.copyOf(features);
  }

  static GeoJsonResponse of(
      List<TrackPoint> points, Map<ParticipantId, String> names, @Nullable String nextCursor) {
    return new GeoJsonResponse(
        "FeatureCollection",
        ReadHistory.tracks(points).stream()
            .map(track -> Feature.of(track, names.get(track.getFirst().participant())))
            .toList(),
        nextCursor);
  }

  /// The track of one participant.
  ///
  /// @param type `Feature`
  /// @param id the participant's
  @Serdeable
  record Feature(String type, UUID id, Geometry geometry, Properties properties) {
    static Feature of(List<TrackPoint> track, @Nullable String name) {
      return new Feature(
          "Feature",
          track.getFirst().participant().value(),
          Geometry.of(track),
          new Properties(
              track.getFirst().participant().value(),
              name,
              track.stream()
                  .map(point -> point.ping().recordedAt().atOffset(ZoneOffset.UTC))
                  .toList()));
    }
  }

  /// Where somebody was: a line has two positions at least, so a single one is there twice.
  ///
  /// @param type `LineString`
  /// @param coordinates longitude and latitude, and the altitude where it is known
  @Serdeable
  record Geometry(String type, List<List<Double>> coordinates) {
    Geometry {
      coordinates = coordinates.stream().map(List::copyOf).toList();
    }

    static Geometry of(List<TrackPoint> track) {
      List<List<Double>> line = track.stream().map(point -> position(point.ping())).toList();
      return new Geometry(
          "LineString", line.size() == 1 ? List.of(line.getFirst(), line.getFirst()) : line);
    }

    private static List<Double> position(Ping ping) {
      double longitude = ping.position().longitude();
      double latitude = ping.position().latitude();
      return ping.altitudeMetres() == null
          ? List.of(longitude, latitude)
          : List.of(longitude, latitude, ping.altitudeMetres());
    }
  }

  /// Whose track it is.
  ///
  /// @param recordedAt of each position
  @Serdeable
  record Properties(UUID participantId, @Nullable String name, List<OffsetDateTime> recordedAt) {
    Properties {
      recordedAt = List.copyOf(recordedAt);
    }
  }
}
