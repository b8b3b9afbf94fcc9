package app.turnout.events.planning;

import app.turnout.domain.AreaId;
import app.turnout.domain.GeoPoint;
import app.turnout.domain.OccurrenceId;
import app.turnout.events.areas.Area;
import app.turnout.events.areas.AreaRepository;
import app.turnout.events.rules.RecurrenceSet;
import app.turnout.events.series.DateTimes;
import app.turnout.events.series.RecurrenceBody;
import app.turnout.events.series.Recurrences;
import app.turnout.platform.problem.FieldError;
import app.turnout.platform.problem.ProblemException;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes of what is asked for what an event is to be.
@Singleton
final class DraftEvent {
  private static final int ARRIVAL_RADIUS_METRES = 150;
  private static final int TRACKING_OPENS_MINUTES_BEFORE = 60;
  private static final int CONFIRMATION_MINUTES_BEFORE = 1440;
  private static final int REMINDER_MINUTES_BEFORE = 120;
  private static final int LOCATION_MINUTES_BEFORE = 60;

  /// What is said of an event, all of it good.
  record Draft(
      EventRequest request,
      @Nullable AreaId area,
      @Nullable GeoPoint position,
      ZoneId zone,
      Announcement announcement,
      Occurrence occurrence,
      @Nullable RecurrenceSet recurrence) {
    String title() {
      return request.title().strip();
    }

    Visibility visibility() {
      return Objects.requireNonNullElse(request.visibility(), Visibility.PRIVATE);
    }

    int arrivalRadiusMetres() {
      return Objects.requireNonNullElse(request.arrivalRadiusMetres(), ARRIVAL_RADIUS_METRES);
    }

    int trackingOpensMinutesBefore() {
      return Objects.requireNonNullElse(
          request.trackingOpensMinutesBefore(), TRACKING_OPENS_MINUTES_BEFORE);
    }

    boolean checkInOnArrival() {
      return Objects.requireNonNullElse(request.checkInOnArrival(), false);
    }

    PositionsVisibleTo positionsVisibleTo() {
      return Objects.requireNonNullElse(
          request.positionsVisibleTo(), PositionsVisibleTo.ORGANISERS);
    }
  }

  private final AreaRepository areas;

  DraftEvent(AreaRepository areas) {
    this.areas = areas;
  }

  /// Throws ProblemException naming each field that does not fit the others.
  ///
  /// @param type whatever the request says of it
  /// @param held where the event is held so far: it may stay there when that is archived
  Draft draft(
      EventRequest request,
      EventType type,
      OccurrenceId date,
      EventStatus status,
      @Nullable AreaId held) {
    List<FieldError> errors = new ArrayList<>();
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
      } else if (found.archivedAt() != null && !area.equals(held)) {
        errors.add(new FieldError("area_id", "archived", "names an area that is archived"));
      }
    }
    if (request.imageUrl() != null && !isHttps(request.imageUrl())) {
      errors.add(new FieldError("image_url", "https_url", "must be a URL with https"));
    }
    if (request.refundPolicy() != null) {
      errors.addAll(request.refundPolicy().errors());
    }
    addLanguageErrors(request, errors);
    if (request.registrationDeadline() != null
        && type != EventType.PERIODIC
        && request.registrationDeadline().isAfter(request.endsAt())) {
      errors.add(new FieldError("registration_deadline", "before", "must not be after ends_at"));
    }
    ZoneId zone = zone(request.timeZone(), errors);
    Occurrence occurrence = zone == null ? null : occurrence(request, date, status, zone, errors);
    RecurrenceSet recurrence =
        occurrence == null ? null : recurrence(request, type, occurrence, errors);
    if (!errors.isEmpty() || zone == null || occurrence == null) {
      throw ProblemException.invalidFields(errors);
    }
    return new Draft(
        request,
        area,
        position,
        zone,
        announcement(request),
        recurrence == null ? occurrence : occurrence.beginningAt(recurrence.start()),
        recurrence);
  }

  private static @Nullable RecurrenceSet recurrence(
      EventRequest request, EventType type, Occurrence first, List<FieldError> errors) {
    RecurrenceBody recurrence = request.recurrence();
    if (type != EventType.PERIODIC) {
      if (recurrence != null) {
        errors.add(
            new FieldError("recurrence", "exclusive", "is for events whose type is periodic"));
      }
      return null;
    }
    if (recurrence == null) {
      errors.add(new FieldError("recurrence", "required", "is needed where the type is periodic"));
      return null;
    }
    return Recurrences.read(recurrence, first.localStart(), first.zone(), errors);
  }

  private static Announcement announcement(EventRequest request) {
    return new Announcement(
        language(request),
        Objects.requireNonNullElse(request.translations(), Map.of()),
        request.imageUrl(),
        request.registrationDeadline() == null ? null : request.registrationDeadline().toInstant(),
        request.refundPolicy(),
        request.consentText(),
        Objects.requireNonNullElse(
            request.confirmationMinutesBefore(), CONFIRMATION_MINUTES_BEFORE),
        Objects.requireNonNullElse(request.reminderMinutesBefore(), REMINDER_MINUTES_BEFORE),
        Objects.requireNonNullElse(request.locationMinutesBefore(), LOCATION_MINUTES_BEFORE));
  }

  private static String language(EventRequest request) {
    return Objects.requireNonNullElse(request.language(), "en");
  }

  private static void addLanguageErrors(EventRequest request, List<FieldError> errors) {
    if (request.translations() == null) {
      return;
    }
    for (String language : request.translations().keySet()) {
      if (!language.matches("[a-z]{2,3}")) {
        errors.add(
            new FieldError(
                "translations", "language", "must have languages' codes (ISO 639) as names"));
      } else if (language.equals(language(request))) {
        errors.add(
            new FieldError(
                "translations." + language, "exclusive", "is the language of the title itself"));
      }
    }
  }

  private static boolean isHttps(String text) {
    try {
      URI uri = new URI(text);
      return "https".equalsIgnoreCase(uri.getScheme())
          && uri.getHost() != null
          && uri.getUserInfo() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static Occurrence occurrence(
      EventRequest request,
      OccurrenceId date,
      EventStatus status,
      ZoneId zone,
      List<FieldError> errors) {
    if (!request.endsAt().isAfter(request.startsAt())) {
      errors.add(new FieldError("ends_at", "after", "must be after starts_at"));
    }
    return new Occurrence(
        date,
        local("starts_at", request.startsAt(), zone, errors),
        local("ends_at", request.endsAt(), zone, errors),
        zone,
        status,
        request.capacity());
  }

  /// What clocks in the zone show at that time. The second of an hour that comes twice cannot be
  /// told from the first by its local time, so it is refused rather than moved.
  private static LocalDateTime local(
      String field, OffsetDateTime given, ZoneId zone, List<FieldError> errors) {
    LocalDateTime local = given.atZoneSameInstant(zone).toLocalDateTime();
    if (!DateTimes.instant(local, zone).equals(given.toInstant())) {
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
