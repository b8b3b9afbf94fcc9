package app.turnout.organizations.members;

import app.turnout.domain.UserId;
import java.time.Instant;

/// Somebody who belongs to an organization.
///
/// @param since they belong to it
public record Member(
    UserId user, String name, String email, MemberRole role, Instant since, long version) {
  @Override
  public String toString() {
    return user.toString();
  }
}
