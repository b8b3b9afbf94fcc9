package app.turnout.identity.oauth;

import app.turnout.domain.UserId;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Links an identity to the account that is signed in, and tells its owner by mail.
@Singleton
final class LinkIdentity {
  /// What came of it.
  sealed interface Outcome {
    record Linked(Identity identity) implements Outcome {}

    /// The code is not good, or not with this verifier.
    record Refused() implements Outcome {}

    /// It opens another account.
    record Taken() implements Outcome {}
  }

  private final AttemptRepository attempts;
  private final CodeReader codes;
  private final IdentityRepository identities;
  private final IdentityMail mail;
  private final AuditLog auditLog;
  private final InstantSource time;

  LinkIdentity(
      AttemptRepository attempts,
      CodeReader codes,
      IdentityRepository identities,
      IdentityMail mail,
      AuditLog auditLog,
      InstantSource time) {
    this.attempts = attempts;
    this.codes = codes;
    this.identities = identities;
    this.mail = mail;
    this.auditLog = auditLog;
    this.time = time;
  }

  Outcome link(UserId user, RedeemRequest request) {
    Instant now = time.instant();
    return codes
        .read(request)
        .flatMap(code -> attempts.redeemLink(code.attempt(), code.challenge(), now))
        .map(unlinked -> link(user, unlinked, now))
        .orElseGet(Outcome.Refused::new);
  }

  private Outcome link(UserId user, AttemptRepository.Unlinked unlinked, Instant now) {
    @Nullable Identity before =
        identities.find(unlinked.provider(), unlinked.subject()).orElse(null);
    Identity identity =
        identities.link(user, unlinked.provider(), unlinked.subject(), unlinked.email(), now);
    if (!identity.user().equals(user)) {
      return new Outcome.Taken();
    }
    if (before == null) {
      mail.tellOfLink(identity);
      auditLog.record(linked(identity));
    }
    return new Outcome.Linked(identity);
  }

  static AuditEntry linked(Identity identity) {
    return new AuditEntry(
        null,
        "identity.linked",
        "user",
        identity.user().value(),
        null,
        Map.of("provider", identity.provider().wire(), "identity_id", identity.id()));
  }
}
