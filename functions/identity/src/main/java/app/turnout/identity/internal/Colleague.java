package app.turnout.identity.internal;

import app.turnout.domain.UserId;
import app.turnout.platform.security.Role;
import org.jspecify.annotations.Nullable;

/// A member of the organization that asks.
///
/// @param email null when nobody proved it
record Colleague(UserId id, String name, @Nullable String email, Role role) {
  @Override
  public String toString() {
    return id.toString();
  }
}
