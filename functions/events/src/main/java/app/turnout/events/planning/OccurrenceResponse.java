package app.turnout.events.planning;

import app.turnout.domain.TimeWindow;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One date of an event, with the offset that its zone has then.
@Serdeable
record OccurrenceResponse(
    UUID id,
    OffsetDateTime startsAt,
    OffsetDateTime endsAt,
    EventStatus status,
    @Nullable Integer capacity) {
  static OccurrenceResponse of(Occurrence occurrence, Instant now) {
    TimeWindow window = occurrence.window();
    return new OccurrenceResponse(
        occurrence.id().value(),
        window.start().atZone(occurrence.zone()).toOffsetDateTime(),
        window.end().atZone(occurrence.zone()).toOffsetDateTime(),
        occurrence.status().at(now, window),
        occurrence.capacity());
  }
}
