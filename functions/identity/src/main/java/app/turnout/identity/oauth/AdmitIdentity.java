package app.turnout.identity.oauth;

import app.turnout.domain.UserId;
import app.turnout.identity.oauth.providers.Profile;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Decides what becomes of somebody whom a provider vouches for. An identity that is linked opens
/// its account; an address that nobody has verified here gets an account; and the owner of an
/// account with that address is asked by mail, for a provider's word is not theirs.
@Singleton
final class AdmitIdentity {
  /// What became of it.
  sealed interface Outcome {
    /// The attempt's code opens the account.
    record Admitted() implements Outcome {}

    /// A mail was sent to the account's address.
    record MustConfirm() implements Outcome {}

    record Deactivated() implements Outcome {}

    /// So many mails are open that there shall not be another.
    record TooManyMails() implements Outcome {}
  }

  private static final int MOST_OPEN_MAILS = 3;

  private final Database database;
  private final AttemptRepository attempts;
  private final IdentityRepository identities;
  private final ExternalAccountRepository accounts;
  private final ConfirmationRepository confirmations;
  private final IdentityMail mail;
  private final AuditLog auditLog;
  private final OAuthSettings settings;
  private final InstantSource time;

  AdmitIdentity(
      Database database,
      AttemptRepository attempts,
      IdentityRepository identities,
      ExternalAccountRepository accounts,
      ConfirmationRepository confirmations,
      IdentityMail mail,
      AuditLog auditLog,
      OAuthSettings settings,
      InstantSource time) {
    this.database = database;
    this.attempts = attempts;
    this.identities = identities;
    this.accounts = accounts;
    this.confirmations = confirmations;
    this.mail = mail;
    this.auditLog = auditLog;
    this.settings = settings;
    this.time = time;
  }

  Outcome admit(Attempt attempt, Profile profile) {
    return database.inTransaction(() -> admit(attempt, profile, time.instant()));
  }

  private Outcome admit(Attempt attempt, Profile profile, Instant now) {
    Optional<Identity> linked = identities.find(profile.provider(), profile.subject());
    return linked.isPresent()
        ? admitLinked(attempt, linked.get(), now)
        : admitByAddress(attempt, profile, now);
  }

  private Outcome admitLinked(Attempt attempt, Identity identity, Instant now) {
    boolean isOpen =
        accounts
            .lock(identity.user())
            .filter(ExternalAccountRepository.ExternalAccount::isOpen)
            .isPresent();
    return isOpen ? admit(attempt, identity.user(), now) : new Outcome.Deactivated();
  }

  private Outcome admitByAddress(Attempt attempt, Profile profile, Instant now) {
    ExternalAccountRepository.Opened opened = accounts.open(profile, attempt.locale(), now);
    UserId user = opened.account().id();
    if (!opened.account().isOpen()) {
      return new Outcome.Deactivated();
    }
    // Another attempt of theirs may have been faster, and had the account locked until now.
    Optional<Identity> linked = identities.find(profile.provider(), profile.subject());
    if (linked.isPresent()) {
      return admitLinked(attempt, linked.get(), now);
    }
    if (opened.account().isVerified() && !opened.isNew()) {
      return ask(user, profile, now);
    }
    if (!opened.isNew()) {
      accounts.takeOver(user, profile, attempt.locale(), now);
    }
    Identity identity =
        identities.link(user, profile.provider(), profile.subject(), profile.email().value(), now);
    auditLog.recordAs(user, registered(identity));
    return admitLinked(attempt, identity, now);
  }

  private Outcome ask(UserId user, Profile profile, Instant now) {
    if (confirmations.countOpen(user, now) >= MOST_OPEN_MAILS) {
      return new Outcome.TooManyMails();
    }
    mail.askToConfirm(
        user, confirmations.add(user, profile, now, now.plus(settings.confirmation())));
    return new Outcome.MustConfirm();
  }

  private Outcome admit(Attempt attempt, UserId user, Instant now) {
    attempts.admit(attempt.id(), user, now.plus(settings.code()));
    return new Outcome.Admitted();
  }

  private static AuditEntry registered(Identity identity) {
    return new AuditEntry(
        null,
        "account.registered",
        "user",
        identity.user().value(),
        null,
        Map.of("provider", identity.provider().wire(), "identity_id", identity.id()));
  }
}
