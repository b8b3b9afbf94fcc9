package app.turnout.organizations.apikeys;

import app.turnout.organizations.members.Authority;
import app.turnout.organizations.members.Roster;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.http.ExpectedVersion;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.security.Caller;
import app.turnout.platform.security.Permission;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Makes, changes and revokes keys. A key carries what keys may, and nothing that who gives it does
/// not have; a revoked one is refused at its next request.
@Singleton
final class KeepApiKeys {
  private final Roster roster;
  private final ApiKeyRepository keys;
  private final AuditLog auditLog;
  private final InstantSource time;

  KeepApiKeys(Roster roster, ApiKeyRepository keys, AuditLog auditLog, InstantSource time) {
    this.roster = roster;
    this.keys = keys;
    this.auditLog = auditLog;
    this.time = time;
  }

  /// Throws ProblemException naming each field that does not fit, and `forbidden`.
  ApiKey create(Caller.Member caller, CreateApiKeyRequest request) {
    Instant now = time.instant();
    Instant expiresAt = request.expiresAt() == null ? null : request.expiresAt().toInstant();
    Authority authority = roster.lock(caller, Permission.ORGANIZATION_MANAGE);
    if (expiresAt != null && !expiresAt.isAfter(now)) {
      throw ProblemException.invalidField("expires_at", "future", "must be in the future");
    }
    ApiKey key =
        keys.add(
            caller.organization(),
            request.name().strip(),
            KeyPermissions.granted(request.permissions(), authority),
            caller.user(),
            expiresAt,
            now);
    record(caller, "api_key.created", key.id(), null, ApiKeyResponse.of(key));
    return key;
  }

  /// Empty when there is no such key. Throws as [#create], and `precondition_failed`.
  ///
  /// @param change from what it is to what it is to be
  Optional<ApiKey> update(
      Caller.Member caller,
      UUID id,
      ExpectedVersion expected,
      UnaryOperator<UpdateApiKeyRequest> change) {
    Authority authority = roster.lock(caller, Permission.ORGANIZATION_MANAGE);
    return keys.findForUpdate(caller.organization(), id)
        .map(
            before -> {
              expected.mustBe(before.version());
              UpdateApiKeyRequest present = UpdateApiKeyRequest.of(before);
              UpdateApiKeyRequest wanted = change.apply(present);
              ApiKey after =
                  keys.keep(
                      id,
                      wanted.name().strip(),
                      KeyPermissions.granted(wanted.permissions(), authority));
              record(caller, "api_key.updated", id, present, UpdateApiKeyRequest.of(after));
              return after;
            });
  }

  /// Whether there was such a key.
  boolean revoke(Caller.Member caller, UUID id) {
    roster.lock(caller, Permission.ORGANIZATION_MANAGE);
    Optional<ApiKey> key = keys.findForUpdate(caller.organization(), id);
    if (key.isEmpty()) {
      return false;
    }
    keys.revoke(id, time.instant());
    record(caller, "api_key.revoked", id, ApiKeyResponse.of(key.get()), null);
    return true;
  }

  private void record(
      Caller.Member caller,
      String action,
      UUID id,
      @Nullable Object before,
      @Nullable Object after) {
    auditLog.record(new AuditEntry(caller.organization(), action, "api_key", id, before, after));
  }
}
