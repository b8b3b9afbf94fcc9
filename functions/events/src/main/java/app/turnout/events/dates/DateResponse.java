package app.turnout.events.dates;

import app.turnout.domain.AreaId;
import app.turnout.domain.GeoPoint;
import app.turnout.domain.TimeWindow;
import app.turnout.events.planning.EventStatus;
import app.turnout.events.planning.PositionBody;
import app.turnout.events.series.Own;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One date of an event, with all that holds of it.
///
/// @param originalStart local; names the date within its event for ever, as iCalendar's
///   RECURRENCE-ID does
/// @param seriesId the part of the recurring event that it belongs to; null where it stands alone
/// @param isMoved whether its times were given for it alone
/// @param own what it says of itself, and is not the event's
@Serdeable
record DateResponse(
    UUID id,
    UUID eventId,
    @Nullable UUID seriesId,
    String originalStart,
    OffsetDateTime startsAt,
    OffsetDateTime endsAt,
    String timeZone,
    EventStatus status,
    boolean isMoved,
    String title,
    @Nullable String description,
    @Nullable UUID areaId,
    @Nullable String areaName,
    @Nullable PositionBody position,
    @Nullable Integer capacity,
    OwnResponse own,
    @Nullable OffsetDateTime cancelledAt,
    @Nullable String cancellationReason,
    OffsetDateTime createdAt,
    OffsetDateTime updatedAt) {
  /// What a date says of itself; null is what it leaves to its event.
  @Serdeable
  record OwnResponse(
      @Nullable String title,
      @Nullable String description,
      @Nullable UUID areaId,
      @Nullable PositionBody position,
      @Nullable Integer capacity) {}

  static DateResponse of(EventDate date, Instant now) {
    TimeWindow window = date.window();
    EventDate.Said said = date.said();
    Own own = date.own();
    return new DateResponse(
        date.id().value(),
        date.event().value(),
        date.series() == null ? null : date.series().value(),
        date.originalStart().toString(),
        window.start().atZone(date.zone()).toOffsetDateTime(),
        window.end().atZone(date.zone()).toOffsetDateTime(),
        date.zone().getId(),
        date.statusAt(now),
        date.isMoved(),
        said.title(),
        said.description(),
        id(said.area()),
        said.areaName(),
        body(said.position()),
        said.capacity(),
        new OwnResponse(
            own.title(), own.description(), id(own.area()), body(own.position()), own.capacity()),
        date.cancelledAt() == null ? null : date.cancelledAt().atOffset(ZoneOffset.UTC),
        date.cancellationReason(),
        date.createdAt().atOffset(ZoneOffset.UTC),
        date.updatedAt().atOffset(ZoneOffset.UTC));
  }

  private static @Nullable UUID id(@Nullable AreaId area) {
    return area == null ? null : area.value();
  }

  private static @Nullable PositionBody body(@Nullable GeoPoint position) {
    return position == null ? null : PositionBody.of(position);
  }
}
