package app.turnout.events.dates;

import app.turnout.domain.AreaId;
import app.turnout.domain.EventId;
import app.turnout.domain.GeoPoint;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.TimeWindow;
import app.turnout.events.planning.EventStatus;
import app.turnout.events.series.DateTimes;
import app.turnout.events.series.Own;
import app.turnout.events.series.SeriesId;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// One date of an event.
///
/// @param series the part it belongs to; null of a one-off event's, and of one that is detached
/// @param ruleStart which of the rule's starts it is
/// @param originalStart names it within the event, for ever
/// @param isMoved whether its times were given for it alone
/// @param own what it says of itself
/// @param said what holds of it, by itself or by what it belongs to
record EventDate(
    OccurrenceId id,
    OrganizationId organization,
    EventId event,
    @Nullable SeriesId series,
    @Nullable LocalDateTime ruleStart,
    LocalDateTime originalStart,
    LocalDateTime localStart,
    LocalDateTime localEnd,
    ZoneId zone,
    EventStatus status,
    boolean isMoved,
    Own own,
    Said said,
    @Nullable Instant cancelledAt,
    @Nullable String cancellationReason,
    Instant createdAt,
    Instant updatedAt,
    long version) {
  /// @param area held there; then `position` is the area's
  record Said(
      String title,
      @Nullable String description,
      @Nullable AreaId area,
      @Nullable String areaName,
      @Nullable GeoPoint position,
      @Nullable Integer capacity) {}

  TimeWindow window() {
    return DateTimes.window(localStart, localEnd, zone);
  }

  EventStatus statusAt(Instant now) {
    return status.at(now, window());
  }
}
