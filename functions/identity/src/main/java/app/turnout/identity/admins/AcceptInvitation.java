package app.turnout.identity.admins;

import app.turnout.domain.UserId;
import app.turnout.identity.accounts.Account;
import app.turnout.identity.accounts.AccountRepository;
import app.turnout.identity.passwords.PasswordRules;
import app.turnout.identity.passwords.Passwords;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes an administrator of whoever was invited. The token was mailed to the address, so it proves
/// the address: who has no account gets a verified one, who has one without a password gets this
/// one; who has a password must know it.
@Singleton
final class AcceptInvitation {
  private final Database database;
  private final InvitationRepository invitations;
  private final AdminRepository admins;
  private final AccountRepository accounts;
  private final InvitedAccountRepository invitedAccounts;
  private final Passwords passwords;
  private final PasswordRules rules;
  private final AuditLog auditLog;
  private final InstantSource time;

  AcceptInvitation(
      Database database,
      InvitationRepository invitations,
      AdminRepository admins,
      AccountRepository accounts,
      InvitedAccountRepository invitedAccounts,
      Passwords passwords,
      PasswordRules rules,
      AuditLog auditLog,
      InstantSource time) {
    this.database = database;
    this.invitations = invitations;
    this.admins = admins;
    this.accounts = accounts;
    this.invitedAccounts = invitedAccounts;
    this.passwords = passwords;
    this.rules = rules;
    this.auditLog = auditLog;
    this.time = time;
  }

  /// The state in which the passwords were compared or made, which takes a while.
  ///
  /// @param account with the address; null for none that was verified
  /// @param newHash of the password that the account is to get; null when it keeps its own
  private record Prepared(@Nullable Account account, @Nullable String newHash) {}

  Appointment accept(String token, Applicant applicant) {
    boolean isInvited =
        database.inTransaction(
            () ->
                invitations
                    .find(token, time.instant())
                    .filter(invitation -> isFor(invitation, applicant))
                    .isPresent());
    if (!isInvited) {
      return new Appointment.TokenRefused();
    }
    @Nullable Account account =
        database
            .inTransaction(() -> accounts.find(applicant.email()))
            .filter(Account::isVerified)
            .orElse(null);
    if (account != null && account.passwordHash() != null) {
      return passwords.matches(applicant.password(), account.passwordHash())
          ? accept(token, applicant, new Prepared(account, null))
          : new Appointment.CredentialsRefused();
    }
    if (account == null && applicant.name() == null) {
      return new Appointment.NameMissing();
    }
    Optional<String> fault = fault(applicant);
    return fault.isPresent()
        ? new Appointment.Guessable(fault.get())
        : accept(token, applicant, new Prepared(account, passwords.hash(applicant.password())));
  }

  private Optional<String> fault(Applicant applicant) {
    return applicant.password().length() < PasswordRules.SHORTEST
        ? Optional.of("must have at least " + PasswordRules.SHORTEST + " characters")
        : rules.fault(applicant.password(), applicant.email().value());
  }

  private Appointment accept(String token, Applicant applicant, Prepared prepared) {
    return database.inTransaction(
        () -> {
          Instant now = time.instant();
          admins.lock();
          return invitations
              .lock(token, now)
              .filter(invitation -> isFor(invitation, applicant))
              .map(invitation -> accept(invitation, applicant, prepared, now))
              .orElseGet(Appointment.TokenRefused::new);
        });
  }

  private Appointment accept(
      Invitation invitation, Applicant applicant, Prepared prepared, Instant now) {
    @Nullable Account checked = prepared.account();
    @Nullable String newHash = prepared.newHash();
    UserId user;
    if (checked == null) {
      Optional<UserId> opened =
          invitedAccounts.open(applicant, Objects.requireNonNull(newHash), now);
      if (opened.isEmpty()) {
        // Somebody verified it meanwhile: then its password is asked for.
        return new Appointment.CredentialsRefused();
      }
      user = opened.get();
    } else {
      user = checked.id();
      boolean isUnchanged =
          accounts
              .lock(user)
              .filter(
                  found ->
                      found.mayLogIn()
                          && Objects.equals(found.passwordHash(), checked.passwordHash()))
              .isPresent();
      if (!isUnchanged) {
        return new Appointment.CredentialsRefused();
      }
      if (newHash != null) {
        accounts.setPassword(user, newHash, now);
      }
    }
    admins.make(user, now);
    invitations.markAccepted(invitation.id(), now);
    auditLog.recordAs(
        user,
        new AuditEntry(
            null,
            "super_admin.appointed",
            "user",
            user.value(),
            null,
            Map.of("by", "invitation", "invitation_id", invitation.id())));
    return new Appointment.Appointed();
  }

  private static boolean isFor(Invitation invitation, Applicant applicant) {
    return invitation.email().folded().equals(applicant.email().folded());
  }
}
