package app.turnout.participants.guestlist;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.platform.attendance.Attendance;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.http.ExpectedVersion;
import app.turnout.platform.outbox.Outbox;
import app.turnout.platform.outbox.OutboxNudge;
import app.turnout.platform.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/// Removes a participant, whatever their status, with their consent and links; where they were is
/// erased soon after.
@Singleton
final class RemoveParticipant {
  private final ParticipantRepository participants;
  private final Attendance attendance;
  private final AuditLog auditLog;
  private final Outbox outbox;
  private final OutboxNudge nudge;

  RemoveParticipant(
      ParticipantRepository participants,
      Attendance attendance,
      AuditLog auditLog,
      Outbox outbox,
      OutboxNudge nudge) {
    this.participants = participants;
    this.attendance = attendance;
    this.auditLog = auditLog;
    this.outbox = outbox;
    this.nudge = nudge;
  }

  void remove(OrganizationId organization, ParticipantId id, ExpectedVersion expected) {
    // Whoever stores positions locks the consent before the participant; so does this.
    participants.lockConsent(id);
    Participant before =
        participants.lock(id).orElseThrow(() -> ProblemException.notFound("participant"));
    expected.mustBe(before.version());
    participants.rememberAbsence(id);
    participants.forgetBelongings(id);
    attendance.forget(List.of(id.value()));
    auditLog.record(
        new AuditEntry(
            organization,
            "participant.removed",
            "participant",
            id.value(),
            ParticipantResponse.of(before),
            null));
    outbox.write(
        organization,
        "participant_removed",
        "participant:" + id,
        Map.of("participant_id", id.toString(), "organization_id", organization.toString()));
    nudge.wakeRelay();
  }
}
