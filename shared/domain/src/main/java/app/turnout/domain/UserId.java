package app.turnout.domain;

import java.util.UUID;

/// Names one user: an account, which may be a member of several organizations.
public record UserId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
