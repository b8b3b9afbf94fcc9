package app.turnout.identity.admins;

import app.turnout.identity.accounts.EmailAddress;
import org.jspecify.annotations.Nullable;

/// Who wants to be an administrator.
///
/// @param password of the account with this address, or for the one that is made
/// @param name of an account that is made
/// @param locale of an account that is made
record Applicant(EmailAddress email, String password, @Nullable String name, String locale) {
  @Override
  public String toString() {
    return "Applicant";
  }
}
