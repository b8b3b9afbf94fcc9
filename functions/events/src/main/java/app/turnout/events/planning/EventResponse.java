package app.turnout.events.planning;

import app.turnout.domain.AreaId;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event with the date that is meant where only the event is named.
@Serdeable
record EventResponse(
    UUID id,
    UUID organizationId,
    String title,
    @Nullable String description,
    @Nullable String category,
    EventType type,
    EventStatus status,
    Visibility visibility,
    @Nullable UUID areaId,
    @Nullable PositionBody position,
    int arrivalRadiusMetres,
    String timeZone,
    @Nullable Integer capacity,
    int trackingOpensMinutesBefore,
    boolean checkInOnArrival,
    OccurrenceResponse occurrence,
    @Nullable UUID createdBy,
    OffsetDateTime createdAt,
    OffsetDateTime updatedAt) {
  static EventResponse of(Event event, Instant now) {
    AreaId area = event.area();
    return new EventResponse(
        event.id().value(),
        event.organization().value(),
        event.title(),
        event.description(),
        event.category(),
        event.type(),
        event.status().at(now, event.occurrence().window()),
        event.visibility(),
        area == null ? null : area.value(),
        event.position() == null ? null : PositionBody.of(event.position()),
        event.arrivalRadiusMetres(),
        event.zone().getId(),
        event.capacity(),
        event.trackingOpensMinutesBefore(),
        event.checkInOnArrival(),
        OccurrenceResponse.of(event.occurrence(), now),
        event.createdBy() == null ? null : event.createdBy().value(),
        event.createdAt().atOffset(ZoneOffset.UTC),
        event.updatedAt().atOffset(ZoneOffset.UTC));
  }
}
