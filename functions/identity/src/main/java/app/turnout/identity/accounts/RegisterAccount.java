package app.turnout.identity.accounts;

import app.turnout.identity.passwords.Passwords;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;

/// Takes a registration and mails the address, which alone learns whether it was taken: it gets the
/// token that completes the registration, or word that somebody tried. Whoever calls sees the same
/// work either way.
@Singleton
final class RegisterAccount {
  private final Passwords passwords;
  private final Database database;
  private final AccountRepository accounts;
  private final VerificationRepository verifications;
  private final AccountMail mail;
  private final InstantSource time;

  RegisterAccount(
      Passwords passwords,
      Database database,
      AccountRepository accounts,
      VerificationRepository verifications,
      AccountMail mail,
      InstantSource time) {
    this.passwords = passwords;
    this.database = database;
    this.accounts = accounts;
    this.verifications = verifications;
    this.mail = mail;
    this.time = time;
  }

  void register(EmailAddress email, String password, String name, String locale) {
    Registration registration = new Registration(email, name, locale, passwords.hash(password));
    database.run(() -> write(registration, time.instant()));
    mail.leave();
  }

  private void write(Registration registration, Instant now) {
    Account account = accounts.register(registration, now);
    if (account.isVerified()) {
      verifications.addDecoy(account.id(), now);
      mail.tellOfAttempt(account.id());
    } else {
      mail.askToVerify(account.id(), verifications.add(account.id(), registration, now));
    }
  }
}
