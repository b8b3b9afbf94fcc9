package app.turnout.identity.oauth;

import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Links an identity by the token that was mailed to the owner of the account.
@Singleton
final class ConfirmIdentity {
  enum Outcome {
    CONFIRMED,

    /// Not a token of ours, or expired, or the identity or the account is not to be had any more.
    REFUSED
  }

  private final Database database;
  private final ConfirmationRepository confirmations;
  private final ExternalAccountRepository accounts;
  private final IdentityRepository identities;
  private final AuditLog auditLog;
  private final InstantSource time;

  ConfirmIdentity(
      Database database,
      ConfirmationRepository confirmations,
      ExternalAccountRepository accounts,
      IdentityRepository identities,
      AuditLog auditLog,
      InstantSource time) {
    this.database = database;
    this.confirmations = confirmations;
    this.accounts = accounts;
    this.identities = identities;
    this.auditLog = auditLog;
    this.time = time;
  }

  /// A second press of the same button finds it linked, and changes nothing.
  Outcome confirm(String token) {
    return database.inTransaction(
        () ->
            confirmations
                .lock(token)
                .map(pending -> confirm(pending, time.instant()))
                .orElse(Outcome.REFUSED));
  }

  private Outcome confirm(ConfirmationRepository.Pending pending, Instant now) {
    if (!now.isBefore(pending.expiresAt())
        || accounts
            .lock(pending.user())
            .filter(ExternalAccountRepository.ExternalAccount::isOpen)
            .isEmpty()) {
      return Outcome.REFUSED;
    }
    Optional<Identity> linked = identities.find(pending.provider(), pending.subject());
    if (pending.isUsed() || linked.isPresent()) {
      // Who used it and unlinked it since has changed their mind.
      return linked.filter(identity -> identity.user().equals(pending.user())).isPresent()
          ? Outcome.CONFIRMED
          : Outcome.REFUSED;
    }
    Identity identity =
        identities.link(
            pending.user(), pending.provider(), pending.subject(), pending.email(), now);
    if (!identity.user().equals(pending.user())) {
      return Outcome.REFUSED;
    }
    confirmations.markUsed(pending.id(), now);
    auditLog.recordAs(pending.user(), LinkIdentity.linked(identity));
    return Outcome.CONFIRMED;
  }
}
