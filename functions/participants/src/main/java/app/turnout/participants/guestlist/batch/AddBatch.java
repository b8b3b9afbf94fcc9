package app.turnout.participants.guestlist.batch;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.participants.guestlist.LinkResponse;
import app.turnout.participants.guestlist.ParticipantLinks;
import app.turnout.participants.intake.Expected;
import app.turnout.participants.intake.GivenRow;
import app.turnout.platform.attendance.Attendance;
import app.turnout.platform.attendance.ExpectedParticipant;
import app.turnout.platform.attendance.ParticipantDetails;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.problem.FieldError;
import app.turnout.platform.tokens.Ids;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// Adds several people to one date, with a link each. A row of no use stops none of the others, and
/// whoever is expected already is not added again.
@Singleton
final class AddBatch {
  private final Database database;
  private final Attendance attendance;
  private final ParticipantLinks links;
  private final AuditLog auditLog;
  private final Ids ids;

  AddBatch(
      Database database,
      Attendance attendance,
      ParticipantLinks links,
      AuditLog auditLog,
      Ids ids) {
    this.database = database;
    this.attendance = attendance;
    this.links = links;
    this.auditLog = auditLog;
    this.ids = ids;
  }

  BatchResponse add(
      OrganizationId organization,
      EventId event,
      OccurrenceId occurrence,
      List<GivenRow> rows,
      Instant now) {
    // From here on nobody else adds any: who is expected stays all who are.
    int left = attendance.placesLeft(organization, occurrence);
    Expected expected =
        Expected.among(
            database,
            occurrence,
            rows.stream().map(GivenRow::details).filter(Objects::nonNull).toList());
    // In the rows' order, so that lists are.
    Iterator<UUID> newIds = ids.next(rows.size()).iterator();
    List<BatchRowResponse> results = new ArrayList<>(rows.size());
    List<ExpectedParticipant> added = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      ParticipantDetails details = rows.get(i).details();
      if (details == null) {
        results.add(BatchRowResponse.invalid(i, rows.get(i).errors()));
        continue;
      }
      Optional<Expected.Twin> twin = expected.find(details);
      if (twin.isPresent()) {
        results.add(
            BatchRowResponse.exists(
                i,
                twin.get().id(),
                new FieldError(twin.get().field(), "unique", "is somebody's who is expected")));
      } else if (added.size() == left) {
        results.add(BatchRowResponse.planLimitReached(i));
      } else {
        ParticipantId id = new ParticipantId(newIds.next());
        expected.add(id.value(), details);
        added.add(new ExpectedParticipant(id, organization, event, occurrence, details, now));
        results.add(BatchRowResponse.added(i, id.value()));
      }
    }
    return store(organization, occurrence, added, results, now);
  }

  private BatchResponse store(
      OrganizationId organization,
      OccurrenceId occurrence,
      List<ExpectedParticipant> added,
      List<BatchRowResponse> results,
      Instant now) {
    List<UUID> addedIds = added.stream().map(each -> each.id().value()).toList();
    attendance.expectAll(added);
    Map<UUID, LinkResponse> made = links.makeAll(organization, addedIds, now);
    if (!added.isEmpty()) {
      auditLog.record(
          new AuditEntry(
              organization,
              "participants.added",
              "occurrence",
              occurrence.value(),
              null,
              Map.of("count", addedIds.size(), "participant_ids", addedIds)));
    }
    return new BatchResponse(added.size(), results).withLinks(made);
  }
}
