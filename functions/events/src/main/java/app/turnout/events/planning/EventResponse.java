package app.turnout.events.planning;

import app.turnout.domain.AreaId;
import app.turnout.events.series.RecurrenceResponse;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event with the date that is meant where only the event is named.
@Serdeable
record EventResponse(
    UUID id,
    UUID organizationId,
    String title,
    @Nullable String description,
    String language,
    Map<String, Translation> translations,
    @Nullable String category,
    @Nullable String imageUrl,
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
    PositionsVisibleTo positionsVisibleTo,
    @Nullable OffsetDateTime registrationDeadline,
    @Nullable OffsetDateTime registrationClosedAt,
    boolean registrationOpen,
    RefundPolicy refundPolicy,
    @Nullable String consentText,
    int confirmationMinutesBefore,
    int reminderMinutesBefore,
    int locationMinutesBefore,
    @Nullable OffsetDateTime cancelledAt,
    @Nullable String cancellationReason,
    @Nullable OffsetDateTime completedAt,
    @Nullable OffsetDateTime archivedAt,
    OccurrenceResponse occurrence,
    @Nullable RecurrenceResponse recurrence,
    @Nullable UUID createdBy,
    OffsetDateTime createdAt,
    OffsetDateTime updatedAt) {
  static EventResponse of(Event event, Instant now) {
    AreaId area = event.area();
    Announcement announcement = event.announcement();
    Course course = event.course();
    return new EventResponse(
        event.id().value(),
        event.organization().value(),
        event.title(),
        event.description(),
        announcement.language(),
        announcement.translations(),
        event.category(),
        announcement.imageUrl(),
        event.type(),
        event.statusAt(now),
        event.visibility(),
        area == null ? null : area.value(),
        event.position() == null ? null : PositionBody.of(event.position()),
        event.arrivalRadiusMetres(),
        event.zone().getId(),
        event.capacity(),
        event.trackingOpensMinutesBefore(),
        event.checkInOnArrival(),
        event.positionsVisibleTo(),
        time(announcement.registrationDeadline()),
        time(course.registrationClosedAt()),
        event.isRegistrationOpen(now),
        Objects.requireNonNullElse(announcement.refundPolicy(), RefundPolicy.USUAL),
        announcement.consentText(),
        announcement.confirmationMinutesBefore(),
        announcement.reminderMinutesBefore(),
        announcement.locationMinutesBefore(),
        time(course.cancelledAt()),
        course.cancellationReason(),
        time(course.completedAt()),
        time(course.archivedAt()),
        OccurrenceResponse.of(event.occurrence(), now),
        RecurrenceResponse.of(event.parts()),
        event.createdBy() == null ? null : event.createdBy().value(),
        event.createdAt().atOffset(ZoneOffset.UTC),
        event.updatedAt().atOffset(ZoneOffset.UTC));
  }

  private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
