package app.turnout.participants.roster;

import app.turnout.domain.EventId;
import app.turnout.domain.OrganizationId;
import app.turnout.participants.guestlist.UpdateParticipantRequest;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.outbox.Outbox;
import app.turnout.platform.outbox.OutboxNudge;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who is told of a roster's changes: the audit log, and those who have something to do then.
@Singleton
final class RosterNews {
  private final AuditLog auditLog;
  private final Outbox outbox;
  private final OutboxNudge nudge;

  RosterNews(AuditLog auditLog, Outbox outbox, OutboxNudge nudge) {
    this.auditLog = auditLog;
    this.outbox = outbox;
    this.nudge = nudge;
  }

  void added(
      OrganizationId organization, EventId event, UUID id, UpdateParticipantRequest details) {
    audit(organization, "roster_member.added", id, null, details);
    outbox.write(
        organization,
        "roster_changed",
        "event:" + event,
        Map.of("organization_id", organization.toString(), "event_id", event.toString()));
    nudge.wakeRelay();
  }

  void changed(
      OrganizationId organization,
      UUID id,
      UpdateParticipantRequest before,
      UpdateParticipantRequest after) {
    audit(organization, "roster_member.updated", id, before, after);
  }

  /// @param located participants who went with them, and may have left positions
  void removed(
      OrganizationId organization, UUID id, UpdateParticipantRequest before, List<UUID> located) {
    audit(organization, "roster_member.removed", id, before, null);
    for (UUID participant : located) {
      outbox.write(
          organization,
          "participant_removed",
          "participant:" + participant,
          Map.of(
              "participant_id", participant.toString(),
              "organization_id", organization.toString()));
    }
    nudge.wakeRelay();
  }

  private void audit(
      OrganizationId organization,
      String action,
      UUID id,
      @Nullable UpdateParticipantRequest before,
      @Nullable UpdateParticipantRequest after) {
    auditLog.record(new AuditEntry(organization, action, "roster_member", id, before, after));
  }
}
