package app.turnout.organizations.tenants;

import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.http.ExpectedVersion;
import app.turnout.platform.security.Caller;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/// Changes an organization's name, type and settings.
@Singleton
final class UpdateOrganization {
  private final OrganizationRepository organizations;
  private final AuditLog auditLog;
  private final InstantSource time;

  UpdateOrganization(OrganizationRepository organizations, AuditLog auditLog, InstantSource time) {
    this.organizations = organizations;
    this.auditLog = auditLog;
    this.time = time;
  }

  /// @param change from what it is to what it is to be
  Organization update(
      Caller.Member caller,
      ExpectedVersion expected,
      UnaryOperator<UpdateOrganizationRequest> change) {
    Organization before = organizations.lock(caller.organization(), caller.role());
    expected.mustBe(before.version());
    UpdateOrganizationRequest present = UpdateOrganizationRequest.of(before);
    UpdateOrganizationRequest wanted = change.apply(present);
    Organization after =
        organizations.keep(
            before.with(wanted.name().strip(), wanted.type(), wanted.settings().toSettings()),
            time.instant());
    auditLog.record(
        new AuditEntry(
            before.id(),
            "organization.updated",
            "organization",
            before.id().value(),
            present,
            UpdateOrganizationRequest.of(after)));
    return after;
  }
}
