package app.turnout.events.planning;

import app.turnout.domain.AreaId;
import app.turnout.domain.EventId;
import app.turnout.domain.GeoPoint;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import app.turnout.events.series.Part;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is announced, with the date that is meant where only the event is named.
///
/// @param area held there; then `position` is the area's when it is read
/// @param position where people are to arrive; null when nobody said
/// @param arrivalRadiusMetres within it of the position one has arrived
/// @param trackingOpensMinutesBefore the start; from then on positions are taken
/// @param parts of a recurring event, the last one going on; none of a one-off
record Event(
    EventId id,
    OrganizationId organization,
    String title,
    @Nullable String description,
    @Nullable String category,
    EventType type,
    EventStatus status,
    Visibility visibility,
    @Nullable AreaId area,
    @Nullable GeoPoint position,
    int arrivalRadiusMetres,
    ZoneId zone,
    @Nullable Integer capacity,
    int trackingOpensMinutesBefore,
    boolean checkInOnArrival,
    PositionsVisibleTo positionsVisibleTo,
    Announcement announcement,
    Course course,
    @Nullable UserId createdBy,
    Instant createdAt,
    Instant updatedAt,
    long version,
    Occurrence occurrence,
    List<Part> parts) {
  Event {
    parts = List.copyOf(parts);
  }

  /// With the parts that it has.
  Event with(List<Part> itsParts) {
    return new Event(
        id,
        organization,
        title,
        description,
        category,
        type,
        status,
        visibility,
        area,
        position,
        arrivalRadiusMetres,
        zone,
        capacity,
        trackingOpensMinutesBefore,
        checkInOnArrival,
        positionsVisibleTo,
        announcement,
        course,
        createdBy,
        createdAt,
        updatedAt,
        version,
        occurrence,
        itsParts);
  }

  boolean isRecurring() {
    return type == EventType.PERIODIC;
  }

  /// The part that goes on; null of a one-off event.
  @Nullable Part part() {
    return parts.isEmpty() ? null : parts.getLast();
  }

  EventStatus statusAt(Instant now) {
    return status.at(now, occurrence.window());
  }

  /// Whether people may sign up: it is published, not over, and neither the organiser nor the
  /// deadline closed it.
  boolean isRegistrationOpen(Instant now) {
    EventStatus present = statusAt(now);
    return (present == EventStatus.SCHEDULED || present == EventStatus.ACTIVE)
        && course.registrationClosedAt() == null
        && course.archivedAt() == null
        && (announcement.registrationDeadline() == null
            || now.isBefore(announcement.registrationDeadline()));
  }
}
