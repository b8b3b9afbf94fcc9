package app.turnout.locations.history;

import app.turnout.domain.ParticipantId;
import app.turnout.platform.http.Cursor;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.uri.UriBuilder;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes parts of a history in the format that was asked for. As long as there is more, the header
/// `Link` names the next part with `rel="next"`, whatever the format.
@Singleton
final class HistoryAnswers {
  private final HistoryRepository history;
  private final ObjectMapper json;

  HistoryAnswers(HistoryRepository history, ObjectMapper json) {
    this.history = history;
    this.json = json;
  }

  /// What was asked.
  ///
  /// @param path of the history
  /// @param range of times
  /// @param simplification null for every ping
  /// @param limit as given
  record Question(
      String path,
      HistoryFormat format,
      Range range,
      @Nullable Simplification simplification,
      int limit) {
    /// How many points the answer may have: files are larger than pages.
    int most() {
      return format == HistoryFormat.JSON ? limit : ReadHistory.MOST_READ;
    }
  }

  /// The answer.
  ///
  /// @param page the JSON of a part and a cursor
  HttpResponse<byte[]> answer(
      Question question,
      @Nullable UUID occurrence,
      ReadHistory.Part part,
      Function<@Nullable String, Object> page) {
    Mark next = part.next();
    String cursor =
        next == null ? null : Cursor.of(next.participant().value(), next.recordedAt()).encode();
    MutableHttpResponse<byte[]> response =
        switch (question.format()) {
          case JSON ->
              HttpResponse.ok(bytes(page.apply(cursor))).contentType(MediaType.APPLICATION_JSON);
          case GEOJSON ->
              HttpResponse.ok(bytes(GeoJsonResponse.of(part.points(), names(part), cursor)))
                  .contentType(HistoryFormat.GEOJSON_TYPE);
          case GPX ->
              HttpResponse.ok(
                      GpxHistory.of(part.points(), names(part)).getBytes(StandardCharsets.UTF_8))
                  .contentType(HistoryFormat.GPX_TYPE)
                  .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"tracks.gpx\"");
        };
    response.header(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    return cursor == null
        ? response
        : response.header(
            HttpHeaders.LINK, "<" + uri(question, occurrence, cursor) + ">; rel=\"next\"");
  }

  private Map<ParticipantId, String> names(ReadHistory.Part part) {
    return history.names(
        part.points().stream().map(TrackPoint::participant).collect(Collectors.toSet()));
  }

  private byte[] bytes(Object body) {
    try {
      return json.writeValueAsBytes(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Names the date: which one is meant without it may be another by then.
  private static URI uri(Question question, @Nullable UUID occurrence, String cursor) {
    UriBuilder uri =
        UriBuilder.of(question.path())
            .queryParam("format", question.format().parameter())
            .queryParam("limit", question.limit())
            .queryParam("cursor", cursor);
    if (occurrence != null) {
      uri.queryParam("occurrence_id", occurrence.toString());
    }
    if (question.range().from() != null) {
      uri.queryParam("from", Objects.toString(question.range().from()));
    }
    if (question.range().to() != null) {
      uri.queryParam("to", Objects.toString(question.range().to()));
    }
    if (question.simplification() != null) {
      uri.queryParam("simplify", Double.toString(question.simplification().metres()));
    }
    return uri.build();
  }
}
