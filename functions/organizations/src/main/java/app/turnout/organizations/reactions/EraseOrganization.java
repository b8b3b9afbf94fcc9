package app.turnout.organizations.reactions;

import app.turnout.domain.OrganizationId;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.erasure.AreaEraser;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Erases, at last, the organization itself, who was its member and what was done in it. That it
/// was erased stands in the platform's own audit log.
@Singleton
final class EraseOrganization implements AreaEraser {
  private final Database database;
  private final AuditLog auditLog;

  EraseOrganization(Database database, AuditLog auditLog) {
    this.database = database;
    this.auditLog = auditLog;
  }

  @Override
  public String area() {
    return "organizations";
  }

  @Override
  public Batch erase(OrganizationId organization, @Nullable UUID after) {
    Map<String, Long> rows = new LinkedHashMap<>();
    rows.put("audit_log", call("select erase_audit_log(:organization)", organization));
    rows.put("person_erasures", call("select erase_person_erasures(:organization)", organization));
    rows.put("outbox_messages", call("select erase_outbox_messages(:organization)", organization));
    rows.put(
        "api_keys",
        delete("delete from api_keys where organization_id = :organization", organization));
    rows.put(
        "invitations",
        delete("delete from invitations where organization_id = :organization", organization));
    rows.put(
        "ownership_offers",
        delete("delete from ownership_offers where organization_id = :organization", organization));
    rows.put(
        "members",
        delete("delete from members where organization_id = :organization", organization));
    rows.put(
        "organizations",
        delete("delete from organizations where id = :organization", organization));
    auditLog.recordAsSystem(
        new AuditEntry(
            null, "organization.erased", "organization", organization.value(), null, null));
    return new Batch(rows, null);
  }

  private long call(String function, OrganizationId organization) {
    return database
        .handle()
        .createQuery(function)
        .bind("organization", organization.value())
        .mapTo(Long.class)
        .one();
  }

  private long delete(String statement, OrganizationId organization) {
    return database
        .handle()
        .createUpdate(statement)
        .bind("organization", organization.value())
        .execute();
  }
}
