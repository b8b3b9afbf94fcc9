package app.turnout.participants.guestlist.exports;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.participants.guestlist.Occurrences;
import app.turnout.participants.guestlist.Participant;
import app.turnout.participants.guestlist.ParticipantFilter;
import app.turnout.participants.guestlist.ParticipantRepository;
import app.turnout.platform.attendance.ParticipantStatus;
import app.turnout.platform.http.Cursor;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.RequiresPermission;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.uri.UriBuilder;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Controller("/api/v1/events/{event_id}/participants/export")
class ExportController {
  private static final String CSV = "text/csv";
  private static final int DEFAULT_LIMIT = 1_000;
  private static final int GREATEST_LIMIT = 5_000;

  /// Rows that are read at once.
  private static final int SLICE = 500;

  /// Lambda answers 6 MB at most, as JSON.
  private static final long MOST_BYTES = 4_000_000;

  private final Occurrences occurrences;
  private final ParticipantRepository participants;
  private final InstantSource time;

  ExportController(
      Occurrences occurrences, ParticipantRepository participants, InstantSource time) {
    this.occurrences = occurrences;
    this.participants = participants;
    this.time = time;
  }

  /// The participants of an event's date as CSV (RFC 4180, UTF-8), in the order in which they were
  /// added. A long list comes in pages: as long as there is more, the header `Link` names the next
  /// with `rel="next"`. Only the first page has a header row, so pages put behind each other are
  /// one file. An import takes the file back.
  ///
  /// A cell that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab
  /// or a carriage return) has an apostrophe before it, but for phones, which are `+` and digits.
  /// Tags stand in one cell, with semicolons between them. Times are RFC 3339 in UTC.
  ///
  /// @param status that they have
  /// @param q that their name, e-mail address or phone contains
  /// @param tag that they have
  /// @param limit rows a page at most, 1 to 5000; 1000 when not given
  /// @param cursor from the link to the next page
  /// @param bom whether the first page begins with a byte order mark, by which Excel knows UTF-8;
  ///   false when not given
  @Get
  @Produces(CSV)
  @RequiresPermission(Permission.PARTICIPANTS_MANAGE)
  @ApiResponse(
      responseCode = "200",
      description = "A page of the list",
      headers =
          @Header(
              name = "Link",
              description = "The next page, with `rel=\"next\"`; not there on the last one",
              schema = @Schema(type = "string")),
      content = @Content(mediaType = CSV, schema = @Schema(type = "string")))
  HttpResponse<byte[]> export(
      @PathVariable("event_id") UUID eventId,
      @QueryValue("occurrence_id") @Nullable UUID occurrenceId,
      @QueryValue @Nullable ParticipantStatus status,
      @QueryValue @Nullable String q,
      @QueryValue @Nullable String tag,
      @QueryValue @Nullable Integer limit,
      @QueryValue @Nullable String cursor,
      @QueryValue @Nullable Boolean bom) {
    ParticipantFilter filter = ParticipantFilter.of(status, q, tag);
    int most = Objects.requireNonNullElse(limit, DEFAULT_LIMIT);
    if (most < 1 || most > GREATEST_LIMIT) {
      throw ProblemException.invalidParameter(
          "limit", "range", "must be a whole number from 1 to " + GREATEST_LIMIT);
    }
    UUID after = cursor == null ? null : Cursor.decode(cursor, UUID.class).uuid(0);
    Occurrences.Found date =
        occurrences
            .find(
                new EventId(eventId),
                occurrenceId == null ? null : new OccurrenceId(occurrenceId),
                time.instant())
            .orElseThrow(() -> ProblemException.notFound("event"));
    Cut cut = cut(date.id(), filter, after, most);
    String beginning = after == null ? (Boolean.TRUE.equals(bom) ? "\ufeff" : "") : null;
    byte[] body =
        (beginning == null ? cut.rows() : beginning + ExportedRow.HEADER + cut.rows())
            .getBytes(StandardCharsets.UTF_8);
    MutableHttpResponse<byte[]> response =
        HttpResponse.ok(body)
            .contentType(CSV + ";charset=utf-8")
            .header(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"participants-" + date.id() + ".csv\"");
    if (cut.next() != null) {
      // Names the date: which one is meant without it may be another by then.
      response.header(
          HttpHeaders.LINK,
          "<"
              + next(eventId, date.id(), filter, most, Cursor.of(cut.next()).encode())
              + ">; rel=\"next\"");
    }
    return response;
  }

  /// Some rows.
  ///
  /// @param next after which the rest comes; null when there is none
  private record Cut(String rows, @Nullable UUID next) {}

  private Cut cut(
      OccurrenceId occurrence, ParticipantFilter filter, @Nullable UUID after, int most) {
    StringBuilder rows = new StringBuilder();
    long bytes = 0;
    int count = 0;
    UUID last = after;
    while (true) {
      List<Participant> slice = participants.list(occurrence, filter, last, SLICE);
      for (Participant participant : slice) {
        String row = ExportedRow.of(participant);
        bytes += bytesInJson(row);
        if (count == most || (bytes > MOST_BYTES && count > 0)) {
          return new Cut(rows.toString(), last);
        }
        rows.append(row);
        count++;
        last = participant.id().value();
      }
      if (slice.size() < SLICE) {
        return new Cut(rows.toString(), null);
      }
    }
  }

  /// How long a text is as a string in JSON, which is how Lambda hands it over.
  static long bytesInJson(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20) {
        bytes += c == '\n' || c == '\r' || c == '\t' ? 2 : 6;
      } else if (c < 0x80) {
        bytes += c == '"' || c == '\\' ? 2 : 1;
      } else {
        // Half of a pair is two bytes of four.
        bytes += c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
      }
    }
    return bytes;
  }

  private static String next(
      UUID event, OccurrenceId occurrence, ParticipantFilter filter, int limit, String cursor) {
    UriBuilder uri =
        UriBuilder.of("/api/v1/events/" + event + "/participants/export")
            .queryParam("occurrence_id", occurrence.toString())
            .queryParam("limit", limit)
            .queryParam("cursor", cursor);
    if (filter.status() != null) {
      uri.queryParam("status", filter.storedStatus());
    }
    if (filter.text() != null) {
      uri.queryParam("q", filter.text());
    }
    if (filter.tag() != null) {
      uri.queryParam("tag", filter.tag());
    }
    return uri.build().toASCIIString();
  }
}
