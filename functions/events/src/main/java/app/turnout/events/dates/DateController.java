package app.turnout.events.dates;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.platform.http.Cursor;
import app.turnout.platform.http.EntityTag;
import app.turnout.platform.http.Page;
import app.turnout.platform.http.PageRequest;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.RequiresPermission;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.QueryValue;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Controller("/api/v1/events/{event_id}/occurrences")
class DateController {
  private final DateRepository dates;
  private final InstantSource time;

  DateController(DateRepository dates, InstantSource time) {
    this.dates = dates;
    this.time = time;
  }

  /// The dates of an event, in the order of their starts.
  ///
  /// @param from dates that end after it
  /// @param to dates that begin before it
  @Get
  @RequiresPermission(Permission.ORGANIZATION_READ)
  Page<DateResponse> list(
      @PathVariable("event_id") UUID eventId,
      @QueryValue @Nullable OffsetDateTime from,
      @QueryValue @Nullable OffsetDateTime to,
      @QueryValue @Nullable @Pattern(regexp = "scheduled|active|completed|cancelled") String status,
      PageRequest page) {
    Instant now = time.instant();
    EventId event = new EventId(eventId);
    List<EventDate> found =
        dates.list(
            event, from, to, status, page.after(Instant.class, UUID.class), page.limit() + 1, now);
    if (found.isEmpty() && !dates.isEvent(event)) {
      throw ProblemException.notFound("event");
    }
    return page.by(
        found,
        date -> Cursor.of(date.window().start(), date.id().value()),
        date -> DateResponse.of(date, now));
  }

  /// One date.
  @Get("/{occurrence_id}")
  @RequiresPermission(Permission.ORGANIZATION_READ)
  HttpResponse<DateResponse> get(
      @PathVariable("event_id") UUID eventId, @PathVariable("occurrence_id") UUID occurrenceId) {
    return dates
        .find(new EventId(eventId), new OccurrenceId(occurrenceId))
        .map(this::answer)
        .orElseThrow(() -> ProblemException.notFound("date"));
  }

  private HttpResponse<DateResponse> answer(EventDate date) {
    return HttpResponse.ok(DateResponse.of(date, time.instant()))
        .header(HttpHeaders.ETAG, EntityTag.of(date.version()));
  }
}
