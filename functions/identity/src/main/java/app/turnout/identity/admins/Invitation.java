package app.turnout.identity.admins;

import app.turnout.identity.accounts.EmailAddress;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Somebody who may become an administrator.
///
/// @param invitedBy null when that account is gone
record Invitation(
    UUID id, EmailAddress email, @Nullable UUID invitedBy, Instant createdAt, Instant expiresAt) {
  @Override
  public String toString() {
    return id.toString();
  }
}
