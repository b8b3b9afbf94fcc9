package app.turnout.identity.accounts;

import app.turnout.domain.UserId;

/// Somebody who can log in, once the address was shown to be theirs.
///
/// @param passwordHash see [app.turnout.identity.passwords.Passwords]
public record Account(UserId id, String passwordHash, boolean isVerified) {
  @Override
  public String toString() {
    return id.toString();
  }
}
