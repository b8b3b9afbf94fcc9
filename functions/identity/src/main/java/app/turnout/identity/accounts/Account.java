package app.turnout.identity.accounts;

import app.turnout.domain.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Somebody who can log in, once the address was shown to be theirs and unless they left.
///
/// @param passwordHash see [app.turnout.identity.passwords.Passwords]; null for who never had a
///   password
/// @param deactivatedAt null for who did not
public record Account(
    UserId id,
    EmailAddress email,
    @Nullable String passwordHash,
    boolean isVerified,
    @Nullable Instant deactivatedAt) {
  public boolean mayLogIn() {
    return isVerified && deactivatedAt == null;
  }

  @Override
  public String toString() {
    return id.toString();
  }
}
