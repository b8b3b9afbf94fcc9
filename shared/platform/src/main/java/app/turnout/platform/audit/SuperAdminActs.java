package app.turnout.platform.audit;

import app.turnout.platform.security.Caller;
import app.turnout.platform.security.SuperAdminWatch;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Map;

/// Whatever an administrator of the platform asks of an organization, looking included, stands in
/// that organization's audit log.
@Singleton
final class SuperAdminActs implements SuperAdminWatch {
  private final AuditLog auditLog;

  SuperAdminActs(AuditLog auditLog) {
    this.auditLog = auditLog;
  }

  @Override
  public void acts(Caller.Member superAdmin, HttpRequest<?> request) {
    auditLog.recordAs(
        superAdmin,
        new AuditEntry(
            superAdmin.organization(),
            "super_admin.acted",
            "organization",
            superAdmin.organization().value(),
            null,
            Map.of("method", request.getMethodName(), "path", request.getPath())));
  }
}
