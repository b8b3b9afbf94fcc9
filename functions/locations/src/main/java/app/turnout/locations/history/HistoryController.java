package app.turnout.locations.history;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.ParticipantId;
import app.turnout.platform.http.Cursor;
import app.turnout.platform.http.Page;
import app.turnout.platform.http.PageRequest;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.RequiresPermission;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Controller("/api/v1")
class HistoryController {
  private static final String NEXT = "Link";
  private static final String NEXT_DESCRIPTION =
      "The next part, with `rel=\"next\"`; not there on the last one";

  /// A line that is off by more than the greatest distance between two towns shows nothing.
  private static final double COARSEST_METRES = 100_000;

  private final HistoryRepository history;
  private final ReadHistory readHistory;
  private final HistoryAnswers answers;
  private final InstantSource time;

  HistoryController(
      HistoryRepository history,
      ReadHistory readHistory,
      HistoryAnswers answers,
      InstantSource time) {
    this.history = history;
    this.readHistory = readHistory;
    this.answers = answers;
    this.time = time;
  }

  /// A participant's pings, in the order in which they were recorded: as JSON in pages, as GPX 1.1
  /// or GeoJSON (RFC 7946) in parts of up to 10,000. As long as there is more, the header `Link`
  /// names the next part.
  ///
  /// @param from the earliest `recorded_at`
  /// @param to `recorded_at` is before it
  /// @param simplify leaves out what is within so many metres of the line through the rest, for
  ///   drawing (Douglas-Peucker)
  /// @param format `json`, `gpx` or `geojson`; without it, the header `Accept` decides
  @Get("/participants/{participant_id}/locations")
  @Produces({MediaType.APPLICATION_JSON, HistoryFormat.GPX_TYPE, HistoryFormat.GEOJSON_TYPE})
  @RequiresPermission(Permission.POSITIONS_READ)
  @ApiResponse(
      responseCode = "200",
      description = "A part of the track",
      headers =
          @Header(name = NEXT, description = NEXT_DESCRIPTION, schema = @Schema(type = "string")),
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = HistoryResponse.class)),
        @Content(mediaType = HistoryFormat.GPX_TYPE, schema = @Schema(type = "string")),
        @Content(
            mediaType = HistoryFormat.GEOJSON_TYPE,
            schema = @Schema(implementation = GeoJsonResponse.class))
      })
  HttpResponse<byte[]> ofParticipant(
      @PathVariable("participant_id") UUID participantId,
      @QueryValue @Nullable OffsetDateTime from,
      @QueryValue @Nullable OffsetDateTime to,
      @QueryValue @Nullable Double simplify,
      @QueryValue @Nullable String format,
      PageRequest page,
      HttpRequest<?> request) {
    HistoryAnswers.Question question =
        question(request, format, Range.of(from, to), simplify, page);
    Mark after = after(page);
    if (after != null && !after.participant().value().equals(participantId)) {
      throw ProblemException.invalidParameter(
          "cursor", "cursor", "must be the next_cursor of a page of this list");
    }
    ReadHistory.Part part =
        readHistory.of(
            existing(participantId),
            question.range(),
            after,
            question.simplification(),
            question.most());
    return answers.answer(
        question,
        null,
        part,
        cursor ->
            new HistoryResponse(part.points().stream().map(PingResponse::of).toList(), cursor));
  }

  /// A participant's latest position, by when it was recorded.
  @Get("/participants/{participant_id}/locations/latest")
  @RequiresPermission(Permission.POSITIONS_READ)
  PingResponse latestOfParticipant(@PathVariable("participant_id") UUID participantId) {
    return history
        .findLatest(existing(participantId))
        .map(PingResponse::of)
        .orElseThrow(() -> ProblemException.notFound("position"));
  }

  /// The pings of all participants of an event's date, one participant after the other, in the
  /// formats and parts of a single one's.
  ///
  /// @param occurrenceId which date; the current one, else the next, else the last when not given
  /// @param from the earliest `recorded_at`
  /// @param to `recorded_at` is before it
  /// @param simplify leaves out what is within so many metres of the line through the rest, for
  ///   drawing (Douglas-Peucker)
  /// @param format `json`, `gpx` or `geojson`; without it, the header `Accept` decides
  @Get("/events/{event_id}/locations")
  @Produces({MediaType.APPLICATION_JSON, HistoryFormat.GPX_TYPE, HistoryFormat.GEOJSON_TYPE})
  @RequiresPermission(Permission.POSITIONS_READ)
  @ApiResponse(
      responseCode = "200",
      description = "A part of the tracks",
      headers =
          @Header(name = NEXT, description = NEXT_DESCRIPTION, schema = @Schema(type = "string")),
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = EventHistoryResponse.class)),
        @Content(mediaType = HistoryFormat.GPX_TYPE, schema = @Schema(type = "string")),
        @Content(
            mediaType = HistoryFormat.GEOJSON_TYPE,
            schema = @Schema(implementation = GeoJsonResponse.class))
      })
  HttpResponse<byte[]> ofEvent(
      @PathVariable("event_id") UUID eventId,
      @QueryValue("occurrence_id") @Nullable UUID occurrenceId,
      @QueryValue @Nullable OffsetDateTime from,
      @QueryValue @Nullable OffsetDateTime to,
      @QueryValue @Nullable Double simplify,
      @QueryValue @Nullable String format,
      PageRequest page,
      HttpRequest<?> request) {
    HistoryAnswers.Question question =
        question(request, format, Range.of(from, to), simplify, page);
    Mark after = after(page);
    OccurrenceId occurrence = existing(eventId, occurrenceId);
    ReadHistory.Part part =
        readHistory.of(
            occurrence, question.range(), after, question.simplification(), question.most());
    return answers.answer(
        question,
        occurrence.value(),
        part,
        cursor ->
            new EventHistoryResponse(
                eventId,
                occurrence.value(),
                part.points().stream().map(ParticipantPingResponse::of).toList(),
                cursor));
  }

  /// The latest position of each participant of an event's date who has one, in the order in which
  /// they were added.
  ///
  /// @param occurrenceId which date; the current one, else the next, else the last when not given
  @Get("/events/{event_id}/locations/latest")
  @RequiresPermission(Permission.POSITIONS_READ)
  EventHistoryResponse latestOfEvent(
      @PathVariable("event_id") UUID eventId,
      @QueryValue("occurrence_id") @Nullable UUID occurrenceId,
      PageRequest request) {
    UUID after = request.afterId();
    OccurrenceId occurrence = existing(eventId, occurrenceId);
    Page<ParticipantPingResponse> page =
        request.of(
            history.listLatest(occurrence, after, request.limit() + 1),
            point -> point.participant().value(),
            ParticipantPingResponse::of);
    return new EventHistoryResponse(eventId, occurrence.value(), page.data(), page.nextCursor());
  }

  private static HistoryAnswers.Question question(
      HttpRequest<?> request,
      @Nullable String format,
      Range range,
      @Nullable Double simplify,
      PageRequest page) {
    return new HistoryAnswers.Question(
        request.getPath(),
        HistoryFormat.of(format, request.accept()),
        range,
        simplification(simplify),
        page.limit());
  }

  private static @Nullable Simplification simplification(@Nullable Double metres) {
    if (metres == null) {
      return null;
    }
    if (!(metres > 0 && metres <= COARSEST_METRES)) {
      throw ProblemException.invalidParameter(
          "simplify", "range", "must be more than 0 and at most 100000");
    }
    return new Simplification(metres);
  }

  private static @Nullable Mark after(PageRequest page) {
    Cursor cursor = page.after(UUID.class, Instant.class);
    return cursor == null ? null : new Mark(new ParticipantId(cursor.uuid(0)), cursor.instant(1));
  }

  private ParticipantId existing(UUID id) {
    ParticipantId participant = new ParticipantId(id);
    if (!history.isThere(participant)) {
      throw ProblemException.notFound("participant");
    }
    return participant;
  }

  private OccurrenceId existing(UUID event, @Nullable UUID occurrence) {
    return history
        .findOccurrence(
            new EventId(event),
            occurrence == null ? null : new OccurrenceId(occurrence),
            time.instant())
        .orElseThrow(() -> ProblemException.notFound("event"));
  }
}
