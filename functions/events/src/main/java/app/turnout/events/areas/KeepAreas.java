package app.turnout.events.areas;

import app.turnout.domain.AreaId;
import app.turnout.domain.OrganizationId;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.http.ExpectedVersion;
import app.turnout.platform.problem.FieldError;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.tokens.Ids;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Makes venues, changes them, puts them away and brings them back. All throw ProblemException:
/// `not_found`, and `invalid_fields` naming each field that does not fit the others.
@Singleton
final class KeepAreas {
  private final AreaRepository areas;
  private final AuditLog auditLog;
  private final Ids ids;
  private final InstantSource time;

  KeepAreas(AreaRepository areas, AuditLog auditLog, Ids ids, InstantSource time) {
    this.areas = areas;
    this.auditLog = auditLog;
    this.ids = ids;
    this.time = time;
  }

  Area create(OrganizationId organization, AreaRequest request) {
    mustFit(request);
    Instant now = time.instant();
    Area area =
        new Area(
            new AreaId(ids.next()),
            request.name().strip(),
            request.address(),
            request.city(),
            request.position().toPoint(),
            request.capacity(),
            request.layout(),
            null,
            now,
            now,
            1);
    areas.insert(organization, area);
    record(organization, "area.created", area.id(), null, AreaResponse.of(area));
    return area;
  }

  /// Throws `precondition_failed` too.
  ///
  /// @param change from what it is to what it is to be
  Area update(
      OrganizationId organization,
      AreaId id,
      ExpectedVersion expected,
      UnaryOperator<AreaRequest> change) {
    Area before = lock(id);
    expected.mustBe(before.version());
    AreaRequest present = AreaRequest.of(before);
    AreaRequest wanted = change.apply(present);
    mustFit(wanted);
    Area after = before.with(wanted, time.instant());
    areas.update(after);
    record(organization, "area.updated", id, present, AreaRequest.of(after));
    return after;
  }

  /// Not offered for new events from now on. One that is archived stays as it is.
  Area archive(OrganizationId organization, AreaId id) {
    Area area = lock(id);
    Instant now = time.instant();
    return area.archivedAt() != null
        ? area
        : keep(organization, "area.archived", area, area.archived(now, now));
  }

  /// Offered again.
  Area unarchive(OrganizationId organization, AreaId id) {
    Area area = lock(id);
    return area.archivedAt() == null
        ? area
        : keep(organization, "area.unarchived", area, area.archived(null, time.instant()));
  }

  /// Throws `conflict` while an event is held there that is not over, or not archived.
  void delete(OrganizationId organization, AreaId id) {
    Area area = lock(id);
    if (areas.isUsed(id, time.instant())) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          "Events that are not over or not archived are held there; the area can be archived");
    }
    areas.delete(area);
    record(organization, "area.deleted", id, AreaResponse.of(area), null);
  }

  private Area lock(AreaId id) {
    return areas.findForUpdate(id).orElseThrow(() -> ProblemException.notFound("area"));
  }

  private Area keep(OrganizationId organization, String action, Area before, Area after) {
    areas.update(after);
    record(
        organization,
        action,
        before.id(),
        new ArchivedAt(before.archivedAt()),
        new ArchivedAt(after.archivedAt()));
    return after;
  }

  private static void mustFit(AreaRequest request) {
    List<FieldError> errors =
        request.layout() == null ? List.of() : request.layout().errors(request.capacity());
    if (!errors.isEmpty()) {
      throw ProblemException.invalidFields(errors);
    }
  }

  private void record(
      OrganizationId organization,
      String action,
      AreaId id,
      @Nullable Object before,
      @Nullable Object after) {
    auditLog.record(new AuditEntry(organization, action, "area", id.value(), before, after));
  }
}
