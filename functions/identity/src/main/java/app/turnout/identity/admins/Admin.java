package app.turnout.identity.admins;

import app.turnout.domain.UserId;
import java.time.Instant;

/// An administrator of the platform.
record Admin(UserId id, String name, String email, Instant since) {
  @Override
  public String toString() {
    return id.toString();
  }
}
