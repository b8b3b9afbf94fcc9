package app.turnout.organizations.members;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import java.time.Instant;
import java.util.Optional;

/// What somebody began by a role that they do not have any more ends with it, in the transaction
/// that takes the role.
public interface RoleLoss {
  /// Called after the change.
  ///
  /// @param left the role that they still have; empty for who is no member any more
  void lost(OrganizationId organization, UserId user, Optional<Authority> left, Instant now);
}
