package app.turnout.live;

import app.turnout.domain.GeoPoint;
import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// A date as those who watch are shown it.
///
/// @param title the date's own, else the event's
/// @param status of the date: `draft`, `scheduled`, `active`, `completed` or `cancelled`
/// @param destination null for one without a position
@Serdeable
public record DateBody(
    String title,
    String status,
    OffsetDateTime startsAt,
    OffsetDateTime endsAt,
    String timeZone,
    @Nullable DestinationBody destination) {
  /// Times are with the date's own offset.
  public static DateBody of(WatchedDate date) {
    GeoPoint place = date.destination();
    return new DateBody(
        date.title(),
        date.status(),
        date.startsAt().atZone(date.zone()).toOffsetDateTime(),
        date.endsAt().atZone(date.zone()).toOffsetDateTime(),
        date.zone().getId(),
        place == null
            ? null
            : new DestinationBody(place.latitude(), place.longitude(), date.arrivalRadiusMetres()));
  }
}
