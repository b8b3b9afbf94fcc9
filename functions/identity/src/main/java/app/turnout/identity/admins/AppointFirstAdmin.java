package app.turnout.identity.admins;

import app.turnout.identity.accounts.Account;
import app.turnout.identity.accounts.AccountRepository;
import app.turnout.identity.passwords.Passwords;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.secrets.Secrets;
import app.turnout.platform.tokens.DerivedTokens;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes the first administrator, of an account whose address is verified and whose password is
/// known, by the secret of the deployment. The secret is good only while there is none.
@Singleton
final class AppointFirstAdmin {
  private final byte[] secretHash;
  private final boolean isSet;
  private final Database database;
  private final AdminRepository admins;
  private final AccountRepository accounts;
  private final Passwords passwords;
  private final AuditLog auditLog;
  private final InstantSource time;

  AppointFirstAdmin(
      Secrets secrets,
      Database database,
      AdminRepository admins,
      AccountRepository accounts,
      Passwords passwords,
      AuditLog auditLog,
      InstantSource time) {
    String secret = secrets.find("admin-setup").orElse("");
    this.isSet = !secret.isBlank();
    this.secretHash = DerivedTokens.hash(secret);
    this.database = database;
    this.admins = admins;
    this.accounts = accounts;
    this.passwords = passwords;
    this.auditLog = auditLog;
    this.time = time;
  }

  boolean isSecret(String token) {
    return isSet && MessageDigest.isEqual(secretHash, DerivedTokens.hash(token));
  }

  /// Call it with the secret only.
  Appointment appoint(Applicant applicant) {
    if (!database.inTransaction(admins::hasNone)) {
      return new Appointment.TokenRefused();
    }
    @Nullable Account account =
        database.inTransaction(() -> accounts.find(applicant.email())).orElse(null);
    @Nullable String hash = account == null ? null : account.passwordHash();
    boolean isRight = passwords.matches(applicant.password(), hash);
    if (account == null || hash == null || !isRight || !account.mayLogIn()) {
      return new Appointment.CredentialsRefused();
    }
    return database.inTransaction(() -> appoint(account, time.instant()));
  }

  private Appointment appoint(Account checked, Instant now) {
    admins.lock();
    Optional<Account> unchanged =
        accounts
            .lock(checked.id())
            .filter(
                found ->
                    found.mayLogIn()
                        && Objects.equals(found.passwordHash(), checked.passwordHash()));
    if (unchanged.isEmpty()) {
      return new Appointment.CredentialsRefused();
    }
    if (!admins.makeFirst(checked.id(), now)) {
      return new Appointment.TokenRefused();
    }
    auditLog.recordAs(
        checked.id(),
        new AuditEntry(
            null,
            "super_admin.appointed",
            "user",
            checked.id().value(),
            null,
            Map.of("by", "setup_secret")));
    return new Appointment.Appointed();
  }
}
