package app.turnout.identity.oauth;

import app.turnout.domain.UserId;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Takes an identity from an account, unless it is the only way in. The account's row lock decides
/// when two are taken at once.
@Singleton
final class UnlinkIdentity {
  enum Outcome {
    UNLINKED,

    /// There is none of this id, or it is another account's.
    NOT_FOUND,

    /// Without a password or another identity, nobody could come in.
    LAST_WAY_IN
  }

  private final ExternalAccountRepository accounts;
  private final IdentityRepository identities;
  private final AuditLog auditLog;

  UnlinkIdentity(
      ExternalAccountRepository accounts, IdentityRepository identities, AuditLog auditLog) {
    this.accounts = accounts;
    this.identities = identities;
    this.auditLog = auditLog;
  }

  Outcome unlink(UserId user, UUID id) {
    boolean hasPassword =
        accounts
            .lock(user)
            .filter(ExternalAccountRepository.ExternalAccount::hasPassword)
            .isPresent();
    @Nullable Identity identity = identities.find(user, id).orElse(null);
    if (identity == null) {
      return Outcome.NOT_FOUND;
    }
    if (!hasPassword && identities.count(user) == 1) {
      return Outcome.LAST_WAY_IN;
    }
    identities.remove(id);
    auditLog.record(
        new AuditEntry(
            null,
            "identity.unlinked",
            "user",
            user.value(),
            Map.of("provider", identity.provider().wire(), "identity_id", id),
            null));
    return Outcome.UNLINKED;
  }
}
