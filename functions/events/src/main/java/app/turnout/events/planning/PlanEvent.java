package app.turnout.events.planning;

import app.turnout.domain.AreaId;
import app.turnout.domain.EventId;
import app.turnout.domain.GeoPoint;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import app.turnout.events.areas.Area;
import app.turnout.events.areas.AreaRepository;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.plans.PlanAllowance;
import app.turnout.platform.problem.FieldError;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.tokens.Ids;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes a one-off event, as a draft, with its one date.
@Singleton
final class PlanEvent {
  private static final int ARRIVAL_RADIUS_METRES = 150;
  private static final int TRACKING_OPENS_MINUTES_BEFORE = 60;

  private final EventRepository events;
  private final AreaRepository areas;
  private final AuditLog auditLog;
  private final PlanAllowance allowance;
  private final Ids ids;
  private final InstantSource time;

  PlanEvent(
      EventRepository events,
      AreaRepository areas,
      AuditLog auditLog,
      PlanAllowance allowance,
      Ids ids,
      InstantSource time) {
    this.events = events;
    this.areas = areas;
    this.auditLog = auditLog;
    this.allowance = allowance;
    this.ids = ids;
    this.time = time;
  }

  /// Throws ProblemException naming each field that does not fit the others, or when the tenant's
  /// plan allows no more events.
  Event plan(OrganizationId organization, @Nullable UserId planner, CreateEventRequest request) {
    List<FieldError> errors = new ArrayList<>();
    if (request.type() == EventType.PERIODIC) {
      errors.add(new FieldError("type", "one_of", "must be demand: events are one-off so far"));
    }
    if (request.areaId() != null && request.position() != null) {
      errors.add(new FieldError("position", "exclusive", "must not be given with area_id"));
    }
    AreaId area = request.areaId() == null ? null : new AreaId(request.areaId());
    GeoPoint position = request.position() == null ? null : request.position().toPoint();
    if (area != null) {
      Area found = areas.find(area).orElse(null);
      position = found == null ? null : found.position();
      if (found == null) {
        errors.add(new FieldError("area_id", "exists", "names no area of the organization"));
      } else if (found.archivedAt() != null) {
        errors.add(new FieldError("area_id", "archived", "names an area that is archived"));
      }
    }
    ZoneId zone = zone(request.timeZone(), errors);
    Occurrence occurrence = zone == null ? null : occurrence(request, zone, errors);
    if (!errors.isEmpty() || zone == null || occurrence == null) {
      throw ProblemException.invalidFields(errors);
    }
    allowance.mustAllowEvent(organization);
    Instant now = time.instant();
    Event event =
        new Event(
            new EventId(ids.next()),
            organization,
            request.title().strip(),
            request.description(),
            request.category(),
            EventType.DEMAND,
            EventStatus.DRAFT,
            Objects.requireNonNullElse(request.visibility(), Visibility.PRIVATE),
            area,
            position,
            Objects.requireNonNullElse(request.arrivalRadiusMetres(), ARRIVAL_RADIUS_METRES),
            zone,
            request.capacity(),
            Objects.requireNonNullElse(
                request.trackingOpensMinutesBefore(), TRACKING_OPENS_MINUTES_BEFORE),
            Objects.requireNonNullElse(request.checkInOnArrival(), false),
            planner,
            now,
            now,
            1,
            occurrence);
    events.insert(event);
    auditLog.record(
        new AuditEntry(
            organization,
            "event.created",
            "event",
            event.id().value(),
            null,
            EventResponse.of(event, now)));
    return event;
  }

  private Occurrence occurrence(CreateEventRequest request, ZoneId zone, List<FieldError> errors) {
    if (!request.endsAt().isAfter(request.startsAt())) {
      errors.add(new FieldError("ends_at", "after", "must be after starts_at"));
    }
    return new Occurrence(
        new OccurrenceId(ids.next()),
        local("starts_at", request.startsAt(), zone, errors),
        local("ends_at", request.endsAt(), zone, errors),
        zone,
        EventStatus.SCHEDULED,
        request.capacity());
  }

  /// What clocks in the zone show at that time. The second of an hour that comes twice cannot be
  /// told from the first by its local time, so it is refused rather than moved.
  private static LocalDateTime local(
      String field, OffsetDateTime given, ZoneId zone, List<FieldError> errors) {
    LocalDateTime local = given.atZoneSameInstant(zone).toLocalDateTime();
    if (!Occurrence.instant(local, zone).equals(given.toInstant())) {
      errors.add(
          new FieldError(
              field, "unambiguous", "falls into the second of an hour that comes twice there"));
    }
    return local;
  }

  private static @Nullable ZoneId zone(String name, List<FieldError> errors) {
    try {
      if (ZoneId.getAvailableZoneIds().contains(name)) {
        return ZoneId.of(name);
      }
    } catch (DateTimeException e) {
      // Answered below, as any other name that no zone has.
    }
    errors.add(new FieldError("time_zone", "time_zone", "must be an IANA time zone's name"));
    return null;
  }
}
