package app.turnout.events.dates;

import app.turnout.domain.AreaId;
import app.turnout.events.areas.Area;
import app.turnout.events.areas.AreaRepository;
import app.turnout.events.series.DateTimes;
import app.turnout.events.series.Own;
import app.turnout.platform.json.MergePatch;
import app.turnout.platform.problem.FieldError;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes of what is asked for what dates are to say, and when they are to be.
@Singleton
final class DateWishes {
  private final AreaRepository areas;

  DateWishes(AreaRepository areas) {
    this.areas = areas;
  }

  /// From when to when, by the zone's clocks.
  record Times(LocalDateTime start, LocalDateTime end) {
    Duration length() {
      return Duration.between(start, end);
    }
  }

  static boolean mentionsPlace(MergePatch<DateRequest> patch) {
    return patch.mentions("area_id") || patch.mentions("position");
  }

  static boolean mentionsTimes(MergePatch<DateRequest> patch) {
    return patch.mentions("starts_at") || patch.mentions("ends_at");
  }

  /// What is said, with the place by the one of its two fields that the patch is about.
  ///
  /// @param held where it is held so far: it may stay there when that is archived
  Own words(
      DateRequest request,
      MergePatch<DateRequest> patch,
      @Nullable AreaId held,
      List<FieldError> errors) {
    boolean byPosition =
        request.position() != null && patch.mentions("position") && !patch.mentions("area_id");
    boolean byArea =
        request.areaId() != null && patch.mentions("area_id") && !patch.mentions("position");
    AreaId area = request.areaId() == null || byPosition ? null : new AreaId(request.areaId());
    if (area != null && request.position() != null && !byArea) {
      errors.add(new FieldError("position", "exclusive", "must not be given with area_id"));
    }
    if (area != null) {
      Area found = areas.find(area).orElse(null);
      if (found == null) {
        errors.add(new FieldError("area_id", "exists", "names no area of the organization"));
      } else if (found.archivedAt() != null && !area.equals(held)) {
        errors.add(new FieldError("area_id", "archived", "names an area that is archived"));
      }
    }
    return new Own(
        request.title() == null ? null : request.title().strip(),
        request.description(),
        area,
        area != null || request.position() == null ? null : request.position().toPoint(),
        request.capacity());
  }

  /// When it is asked to be.
  ///
  /// @param usualStart where no start is given
  /// @param usualLength where no end is given, or a start alone is
  static Times times(
      DateRequest request,
      MergePatch<DateRequest> patch,
      ZoneId zone,
      LocalDateTime usualStart,
      Duration usualLength,
      List<FieldError> errors) {
    LocalDateTime start =
        request.startsAt() == null
            ? usualStart
            : local("starts_at", request.startsAt(), zone, errors);
    LocalDateTime end =
        request.endsAt() == null || (patch.mentions("starts_at") && !patch.mentions("ends_at"))
            ? start.plus(usualLength)
            : local("ends_at", request.endsAt(), zone, errors);
    if (!end.isAfter(start)) {
      errors.add(new FieldError("ends_at", "after", "must be after starts_at"));
    }
    return new Times(start, end);
  }

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
}
