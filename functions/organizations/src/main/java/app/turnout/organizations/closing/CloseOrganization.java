package app.turnout.organizations.closing;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.erasure.Erasures;
import app.turnout.platform.http.ExpectedVersion;
import app.turnout.platform.outbox.Outbox;
import app.turnout.platform.outbox.OutboxNudge;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;

/// Begins the grace period at whose end all that is the organization's is erased. Until then it can
/// be read and not changed, links and positions are not taken, and every owner is told by mail.
@Singleton
final class CloseOrganization {
  /// What came of it.
  sealed interface Outcome {
    /// It can be taken back until it is due.
    ///
    /// @param erasure which the receipt will have
    record Closing(UUID erasure, Instant requestedAt, Instant dueAt) implements Outcome {}

    record ClosingAlready(Instant dueAt) implements Outcome {}

    record NoSuchOrganization() implements Outcome {}
  }

  private final ClosingRepository organizations;
  private final ClosingSettings settings;
  private final Erasures erasures;
  private final Outbox outbox;
  private final OutboxNudge nudge;
  private final AuditLog auditLog;
  private final InstantSource time;

  CloseOrganization(
      ClosingRepository organizations,
      ClosingSettings settings,
      Erasures erasures,
      Outbox outbox,
      OutboxNudge nudge,
      AuditLog auditLog,
      InstantSource time) {
    this.organizations = organizations;
    this.settings = settings;
    this.erasures = erasures;
    this.outbox = outbox;
    this.nudge = nudge;
    this.auditLog = auditLog;
    this.time = time;
  }

  Outcome close(OrganizationId organization, UserId by, ExpectedVersion expected) {
    Instant now = time.instant();
    ClosingRepository.Standing standing = organizations.lock(organization).orElse(null);
    if (standing == null) {
      return new Outcome.NoSuchOrganization();
    }
    if (standing.dueAt() != null) {
      return new Outcome.ClosingAlready(standing.dueAt());
    }
    expected.mustBe(standing.version());
    Instant dueAt = now.plus(settings.grace());
    organizations.close(organization, by, now, dueAt);
    UUID erasure = erasures.request(organization, by, now, dueAt);
    auditLog.record(
        new AuditEntry(
            organization,
            "organization.deletion_requested",
            "organization",
            organization.value(),
            null,
            Map.of("erasure_id", erasure, "due_at", dueAt.toString())));
    for (UserId owner : organizations.owners(organization)) {
      outbox.write(
          organization,
          "organization_closing",
          "user:" + owner,
          Map.of("organization_id", organization.value(), "user_id", owner.value()));
    }
    nudge.wakeRelay();
    return new Outcome.Closing(erasure, now, dueAt);
  }
}
