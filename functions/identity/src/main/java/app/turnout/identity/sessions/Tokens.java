package app.turnout.identity.sessions;

import java.time.Duration;

/// The two tokens that a session's holder goes on with.
public record Tokens(AccessToken access, String refresh, Duration refreshLifetime) {
  @Override
  public String toString() {
    return "Tokens";
  }
}
