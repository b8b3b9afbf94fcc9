package app.turnout.events.dates;

import app.turnout.domain.AreaId;
import app.turnout.domain.GeoPoint;
import app.turnout.domain.TimeWindow;
import app.turnout.events.planning.EventStatus;
import app.turnout.events.planning.PositionBody;
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
/// @param own what it says of itself, as an edit of it alone would; null is what it leaves to its
///   event
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
    DateRequest own,
    @Nullable OffsetDateTime cancelledAt,
    @Nullable String cancellationReason,
    OffsetDateTime createdAt,
    OffsetDateTime updatedAt) {
  static DateResponse of(EventDate date, Instant now) {
    TimeWindow window = date.window();
    EventDate.Said said = date.said();
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
        DateRequest.stated(date),
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
