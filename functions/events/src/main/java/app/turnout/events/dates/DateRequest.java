package app.turnout.events.dates;

import app.turnout.domain.AreaId;
import app.turnout.domain.GeoPoint;
import app.turnout.domain.TimeWindow;
import app.turnout.events.planning.PositionBody;
import app.turnout.events.series.Own;
import app.turnout.events.series.RecurrenceBody;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a date, or it and all later, or all, are to be. Of one date, null is what it leaves to its
/// event.
///
/// @param startsAt null for the rule's own time
/// @param endsAt null for as long as usual
/// @param recurrence for more than one date only; counted from `starts_at`
@Serdeable
record DateRequest(
    @Nullable @Size(min = 1, max = 200) String title,
    @Nullable @Size(max = 10_000) String description,
    @Nullable UUID areaId,
    @Nullable @Valid PositionBody position,
    @Nullable @Min(1) @Max(1_000_000) Integer capacity,
    @Nullable OffsetDateTime startsAt,
    @Nullable OffsetDateTime endsAt,
    @Nullable @Valid RecurrenceBody recurrence) {
  /// What it says of itself, as it is shown: times only where they are its own.
  static DateRequest stated(EventDate date) {
    DateRequest own = own(date);
    return date.isMoved()
        ? own
        : new DateRequest(
            own.title, own.description, own.areaId, own.position, own.capacity, null, null, null);
  }

  /// What it says of itself.
  static DateRequest own(EventDate date) {
    Own own = date.own();
    return of(
        date, own.title(), own.description(), own.area(), own.position(), own.capacity(), null);
  }

  /// What holds of it.
  static DateRequest said(EventDate date, @Nullable RecurrenceBody recurrence) {
    EventDate.Said said = date.said();
    return of(
        date,
        said.title(),
        said.description(),
        said.area(),
        said.position(),
        said.capacity(),
        recurrence);
  }

  private static DateRequest of(
      EventDate date,
      @Nullable String title,
      @Nullable String description,
      @Nullable AreaId area,
      @Nullable GeoPoint position,
      @Nullable Integer capacity,
      @Nullable RecurrenceBody recurrence) {
    TimeWindow window = date.window();
    return new DateRequest(
        title,
        description,
        area == null ? null : area.value(),
        area != null || position == null ? null : PositionBody.of(position),
        capacity,
        window.start().atZone(date.zone()).toOffsetDateTime(),
        window.end().atZone(date.zone()).toOffsetDateTime(),
        recurrence);
  }
}
