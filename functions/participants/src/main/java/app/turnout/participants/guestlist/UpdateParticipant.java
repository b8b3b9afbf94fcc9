package app.turnout.participants.guestlist;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.platform.attendance.Attendance;
import app.turnout.platform.attendance.ParticipantDetails;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.http.ExpectedVersion;
import app.turnout.platform.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/// Changes what is known of a participant.
@Singleton
final class UpdateParticipant {
  private final ParticipantRepository participants;
  private final Attendance attendance;
  private final AuditLog auditLog;
  private final InstantSource time;

  UpdateParticipant(
      ParticipantRepository participants,
      Attendance attendance,
      AuditLog auditLog,
      InstantSource time) {
    this.participants = participants;
    this.attendance = attendance;
    this.auditLog = auditLog;
    this.time = time;
  }

  /// @param change from what it is to what it is to be
  Participant update(
      OrganizationId organization,
      ParticipantId id,
      ExpectedVersion expected,
      UnaryOperator<UpdateParticipantRequest> change) {
    Participant before =
        participants.lock(id).orElseThrow(() -> ProblemException.notFound("participant"));
    expected.mustBe(before.version());
    UpdateParticipantRequest present = UpdateParticipantRequest.of(before.details());
    ParticipantDetails wanted =
        GivenDetails.read(change.apply(present), participants.country(organization)).orThrow();
    attendance.change(id, wanted, time.instant());
    auditLog.record(
        new AuditEntry(
            organization,
            "participant.updated",
            "participant",
            id.value(),
            present,
            UpdateParticipantRequest.of(wanted)));
    return participants.get(id);
  }
}
