package app.turnout.organizations.closing;

import app.turnout.domain.OrganizationId;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.erasure.Erasures;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;

/// Takes the deletion of an organization back, as long as nothing was erased.
@Singleton
final class RestoreOrganization {
  /// What came of it.
  enum Outcome {
    RESTORED,
    NOT_CLOSING,

    /// The grace period is over.
    TOO_LATE,
    NO_SUCH_ORGANIZATION
  }

  private final ClosingRepository organizations;
  private final Erasures erasures;
  private final AuditLog auditLog;
  private final InstantSource time;

  RestoreOrganization(
      ClosingRepository organizations, Erasures erasures, AuditLog auditLog, InstantSource time) {
    this.organizations = organizations;
    this.erasures = erasures;
    this.auditLog = auditLog;
    this.time = time;
  }

  Outcome restore(OrganizationId organization) {
    ClosingRepository.Standing standing = organizations.lock(organization).orElse(null);
    if (standing == null) {
      return Outcome.NO_SUCH_ORGANIZATION;
    }
    if (standing.dueAt() == null) {
      return Outcome.NOT_CLOSING;
    }
    Instant now = time.instant();
    if (!erasures.cancel(organization, now)) {
      return Outcome.TOO_LATE;
    }
    organizations.reopen(organization, now);
    auditLog.record(
        new AuditEntry(
            organization,
            "organization.restored",
            "organization",
            organization.value(),
            null,
            null));
    return Outcome.RESTORED;
  }
}
