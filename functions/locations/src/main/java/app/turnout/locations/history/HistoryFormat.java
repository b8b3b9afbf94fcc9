package app.turnout.locations.history;

import app.turnout.platform.problem.ProblemException;
import io.micronaut.http.MediaType;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How a history is written.
enum HistoryFormat {
  JSON(MediaType.APPLICATION_JSON),
  GPX(HistoryFormat.GPX_TYPE),
  GEOJSON(HistoryFormat.GEOJSON_TYPE);

  static final String GPX_TYPE = "application/gpx+xml";

  /// RFC 7946.
  static final String GEOJSON_TYPE = "application/geo+json";

  private final String mediaType;

  HistoryFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  /// The one that is named; else the first that is accepted; else JSON. 400 naming `format` when
  /// there is none of that name.
  ///
  /// @param accepted media types, the best first
  static HistoryFormat of(@Nullable String name, Collection<MediaType> accepted) {
    return name == null
        ? accepted.stream()
            .flatMap(
                wanted ->
                    Stream.of(values())
                        .filter(format -> wanted.matches(MediaType.of(format.mediaType))))
            .findFirst()
            .orElse(JSON)
        : Stream.of(values())
            .filter(format -> format.parameter().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    ProblemException.invalidParameter(
                        "format",
                        "enum",
                        Stream.of(values())
                            .map(HistoryFormat::parameter)
                            .collect(Collectors.joining(", ", "must be one of ", ""))));
  }

  String parameter() {
    return name().toLowerCase(Locale.ROOT);
  }
}
