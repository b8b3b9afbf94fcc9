package app.turnout.eta.outlooks;

import app.turnout.eta.Forecast;
import app.turnout.eta.Venue;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/// How many will be at an event's date, minute by minute.
///
/// @param asOf the time of this answer, which stands for the caller's own clock
/// @param expected everybody who did not say that they will not come
/// @param arrived who is there already
/// @param onTheWay who is foreseen to come
/// @param unknown of whom nothing can be foreseen: no position, not left yet, going away, or silent
///   for longer than they still needed
/// @param late who is foreseen after the start, or came after it
/// @param curve a point a minute from `as_of` until the start, and as far beyond as somebody is
///   foreseen to come, within three hours; for a day at most
@Serdeable
record ForecastResponse(
    UUID eventId,
    UUID occurrenceId,
    OffsetDateTime asOf,
    OffsetDateTime startsAt,
    int expected,
    int arrived,
    int onTheWay,
    int unknown,
    int late,
    List<Point> curve) {
  ForecastResponse {
    curve = List.copyOf(curve);
  }

  /// How many will be there by then, those who are there already among them.
  @Serdeable
  record Point(OffsetDateTime at, int arrived) {}

  static ForecastResponse of(Venue venue, Forecast forecast) {
    return new ForecastResponse(
        venue.event().value(),
        venue.occurrence().value(),
        offset(forecast.asOf()),
        offset(venue.startsAt()),
        forecast.expected(),
        forecast.arrived(),
        forecast.onTheWay(),
        forecast.unknown(),
        forecast.late(),
        forecast.curve().stream()
            .map(point -> new Point(offset(point.at()), point.arrived()))
            .toList());
  }

  private static OffsetDateTime offset(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
