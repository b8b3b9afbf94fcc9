package app.turnout.events.planning;

import app.turnout.domain.UserId;
import app.turnout.events.Near;
import app.turnout.platform.http.Cursor;
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
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
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

  /// The organization's events, each with the date that is meant now.
  ///
  /// @param q words that title or description have, whatever the case
  /// @param city where that date is, whatever the case
  /// @param createdBy `me`, or the id of who planned it
  /// @param from events with a date that ends after it
  /// @param to events with a date that begins before it
  /// @param priceMin of the lowest price, in minor units of its currency
  /// @param priceMax of the lowest price; 0 for what is free
  /// @param near latitude and longitude, such as `53.35,-6.26`
  /// @param radiusM how far away that date is at most, in metres: 1 to 1000000, 25000 when not
  ///   given; only with `near`
  /// @param sort `oldest` when not given, by when it was planned; `-start` latest first, `distance`
  ///   only with `near`
  /// @param archived true for those that are archived; else those that are not
  @Get
  @RequiresPermission(Permission.ORGANIZATION_READ)
  Page<EventResponse> list(
      @QueryValue @Nullable @Size(min = 1, max = 200) String q,
      @QueryValue @Nullable @Size(max = 100) String city,
      @QueryValue @Nullable @Size(max = 100) String category,
      @QueryValue @Nullable @Pattern(regexp = "demand|periodic") String type,
      @QueryValue @Nullable @Pattern(regexp = "draft|scheduled|active|completed|cancelled")
          String status,
      @QueryValue("created_by") @Nullable String createdBy,
      @QueryValue @Nullable OffsetDateTime from,
      @QueryValue @Nullable OffsetDateTime to,
      @QueryValue("price_min") @Nullable @Min(0) @Max(99_999_999) Long priceMin,
      @QueryValue("price_max") @Nullable @Min(0) @Max(99_999_999) Long priceMax,
      @QueryValue @Nullable @Size(max = 100) String near,
      @QueryValue("radius_m") @Nullable @Min(1) @Max(1_000_000) Long radiusM,
      @QueryValue @Nullable @Pattern(regexp = EventSort.PATTERN) String sort,
      @QueryValue @Nullable Boolean archived,
      PageRequest page) {
    if (near == null && radiusM != null) {
      throw ProblemException.invalidParameter("radius_m", "requires", "is for near only");
    }
    EventSort order = sort == null ? EventSort.OLDEST : EventSort.find(sort).orElseThrow();
    if (near == null && order == EventSort.DISTANCE) {
      throw ProblemException.invalidParameter("sort", "requires", "distance is for near only");
    }
    EventFilter filter =
        new EventFilter(
            q,
            city,
            category,
            type,
            status,
            createdBy == null ? null : maker(createdBy),
            from,
            to,
            priceMin,
            priceMax,
            near == null ? null : Near.parse(near),
            radiusM == null ? Near.RADIUS_METRES : radiusM,
            Boolean.TRUE.equals(archived));
    Cursor after = page.after(String.class, Instant.class, order.type(), UUID.class);
    if (after != null && !after.text(0).equals(order.wire())) {
      throw ProblemException.invalidParameter(
          "cursor", "cursor", "must be the next_cursor of a page in the same order");
    }
    Instant now = time.instant();
    // Which date is meant does not change from page to page.
    Instant asOf = after == null ? now : after.instant(1);
    return page.by(
        events.list(filter, order, after, page.limit() + 1, asOf),
        listed -> listed.cursor(order, asOf),
        listed -> EventResponse.of(listed.event(), now));
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
