package app.turnout.events.planning;

import app.turnout.domain.UserId;
import app.turnout.platform.http.Page;
import app.turnout.platform.http.PageRequest;
import app.turnout.platform.json.Texts;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.RequiresPermission;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Controller("/api/v1/events")
class EventListController {
  private final CurrentCaller caller;
  private final EventList events;
  private final InstantSource time;

  EventListController(CurrentCaller caller, EventList events, InstantSource time) {
    this.caller = caller;
    this.events = events;
    this.time = time;
  }

  /// The organization's events, oldest first.
  ///
  /// @param q words that title or description have, whatever the case
  /// @param createdBy `me`, or the id of who planned it
  /// @param from events with a date that ends after it
  /// @param to events with a date that begins before it
  /// @param archived true for those that are archived; else those that are not
  @Get
  @RequiresPermission(Permission.ORGANIZATION_READ)
  Page<EventResponse> list(
      @QueryValue @Nullable @Size(min = 1, max = 200) String q,
      @QueryValue @Nullable @Size(max = 100) String category,
      @QueryValue @Nullable @Pattern(regexp = "demand|periodic") String type,
      @QueryValue @Nullable @Pattern(regexp = "draft|scheduled|active|completed|cancelled")
          String status,
      @QueryValue("created_by") @Nullable String createdBy,
      @QueryValue @Nullable OffsetDateTime from,
      @QueryValue @Nullable OffsetDateTime to,
      @QueryValue @Nullable Boolean archived,
      PageRequest page) {
    Instant now = time.instant();
    EventFilter filter =
        new EventFilter(
            q,
            category,
            type,
            status,
            createdBy == null ? null : maker(createdBy),
            from,
            to,
            Boolean.TRUE.equals(archived));
    return page.of(
        events.list(filter, page.afterId(), page.limit() + 1, now),
        event -> event.id().value(),
        event -> EventResponse.of(event, now));
  }

  private UUID maker(String createdBy) {
    if (createdBy.equals("me")) {
      return caller
          .findUser()
          .map(UserId::value)
          .orElseThrow(
              () ->
                  ProblemException.invalidParameter(
                      "created_by", "user", "an API key has planned nothing as itself"));
    }
    try {
      return Texts.uuid(createdBy);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalidParameter("created_by", "uuid", "must be me or an id");
    }
  }
}
