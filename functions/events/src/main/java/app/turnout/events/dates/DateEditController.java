package app.turnout.events.dates;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.platform.http.EntityTag;
import app.turnout.platform.http.ExpectedVersion;
import app.turnout.platform.json.MergePatch;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.RequiresPermission;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Controller("/api/v1/events/{event_id}/occurrences")
class DateEditController {
  private final EditDate editDate;
  private final EditSeries editSeries;
  private final SteerDate steerDate;
  private final ExtraDates extraDates;
  private final DateRepository dates;
  private final InstantSource time;

  DateEditController(
      EditDate editDate,
      EditSeries editSeries,
      SteerDate steerDate,
      ExtraDates extraDates,
      DateRepository dates,
      InstantSource time) {
    this.editDate = editDate;
    this.editSeries = editSeries;
    this.steerDate = steerDate;
    this.extraDates = extraDates;
    this.dates = dates;
    this.time = time;
  }

  /// Changes a date of a recurring event, or it and all later ones, or all that are to come.
  /// `If-Match` is the date's tag for one date, and the event's for more. People who are expected
  /// hear of another time or place.
  ///
  /// @param scope `this` when not given
  /// @param onAffected what becomes of dates that somebody counts on and a new rule does not have;
  ///   when not given, they are told by `dates_affected`, and nothing changes
  @Patch("/{occurrence_id}")
  @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
  @RequiresPermission(Permission.EVENTS_UPDATE)
  HttpResponse<EditedResponse> change(
      @PathVariable("event_id") UUID eventId,
      @PathVariable("occurrence_id") UUID occurrenceId,
      @QueryValue @Nullable @Pattern(regexp = "this|this_and_later|all") String scope,
      @QueryValue("on_affected") @Nullable @Pattern(regexp = "detach|cancel") String onAffected,
      ExpectedVersion expected,
      @Body MergePatch<DateRequest> patch) {
    EventId event = new EventId(eventId);
    OccurrenceId id = new OccurrenceId(occurrenceId);
    if (scope == null || scope.equals("this")) {
      return answer(editDate.edit(event, id, expected, patch), null);
    }
    Replan.Outcome outcome =
        editSeries.edit(event, id, scope.equals("all"), expected, patch, OnAffected.of(onAffected));
    return answer(dates.find(event, id).orElse(null), outcome);
  }

  /// Cancels a date of a recurring event. Everyone who is expected there hears of it, with the
  /// reason, when the event is published.
  @Post("/{occurrence_id}/cancel")
  @RequiresPermission(Permission.EVENTS_UPDATE)
  HttpResponse<DateResponse> cancel(
      @PathVariable("event_id") UUID eventId,
      @PathVariable("occurrence_id") UUID occurrenceId,
      @Body CancelDateRequest request) {
    return answer(
        steerDate.cancel(new EventId(eventId), new OccurrenceId(occurrenceId), request.reason()));
  }

  /// Has a cancelled date take place after all. Everyone who is expected there hears of it.
  @Post("/{occurrence_id}/restore")
  @RequiresPermission(Permission.EVENTS_UPDATE)
  HttpResponse<DateResponse> restore(
      @PathVariable("event_id") UUID eventId, @PathVariable("occurrence_id") UUID occurrenceId) {
    return answer(steerDate.restore(new EventId(eventId), new OccurrenceId(occurrenceId)));
  }

  /// Adds a date to a recurring event, beside its rule's.
  @Post
  @Status(HttpStatus.CREATED)
  @RequiresPermission(Permission.EVENTS_UPDATE)
  HttpResponse<DateResponse> add(
      @PathVariable("event_id") UUID eventId, @Body ExtraDateRequest request) {
    EventDate date = extraDates.add(new EventId(eventId), request.startsAt().toInstant());
    return HttpResponse.created(
            DateResponse.of(date, time.instant()),
            URI.create("/api/v1/events/" + eventId + "/occurrences/" + date.id()))
        .header(HttpHeaders.ETAG, EntityTag.of(date.version()));
  }

  /// Leaves a date out for ever that nobody is expected at, or that is cancelled.
  @Delete("/{occurrence_id}")
  @Status(HttpStatus.NO_CONTENT)
  @RequiresPermission(Permission.EVENTS_UPDATE)
  void leaveOut(
      @PathVariable("event_id") UUID eventId, @PathVariable("occurrence_id") UUID occurrenceId) {
    extraDates.leaveOut(new EventId(eventId), new OccurrenceId(occurrenceId));
  }

  private HttpResponse<DateResponse> answer(EventDate date) {
    return HttpResponse.ok(DateResponse.of(date, time.instant()))
        .header(HttpHeaders.ETAG, EntityTag.of(date.version()));
  }

  private HttpResponse<EditedResponse> answer(
      @Nullable EventDate date, Replan.@Nullable Outcome outcome) {
    var response = HttpResponse.ok(EditedResponse.of(date, outcome, time.instant()));
    return date == null
        ? response
        : response.header(HttpHeaders.ETAG, EntityTag.of(date.version()));
  }
}
