package app.turnout.participants.doubles;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.participants.guestlist.ParticipantResponse;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.outbox.Outbox;
import app.turnout.platform.outbox.OutboxNudge;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/// Who is told of a merge: the audit log, and whoever keeps something of those who went.
@Singleton
final class MergeNews {
  private final AuditLog auditLog;
  private final Outbox outbox;
  private final OutboxNudge nudge;

  MergeNews(AuditLog auditLog, Outbox outbox, OutboxNudge nudge) {
    this.auditLog = auditLog;
    this.outbox = outbox;
    this.nudge = nudge;
  }

  /// @param before the one who stays, and then those who went
  void merged(
      OrganizationId organization,
      ParticipantId kept,
      List<ParticipantResponse> before,
      ParticipantResponse after) {
    auditLog.record(
        new AuditEntry(
            organization,
            "participant.merged",
            "participant",
            kept.value(),
            Map.of("participants", before),
            after));
    for (ParticipantResponse gone : before.subList(1, before.size())) {
      outbox.write(
          organization,
          "participant_removed",
          "participant:" + gone.id(),
          Map.of(
              "participant_id", gone.id().toString(),
              "organization_id", organization.toString()));
    }
    nudge.wakeRelay();
  }
}
