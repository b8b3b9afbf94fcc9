package app.turnout.organizations.invitations;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import app.turnout.organizations.members.MemberRole;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An address that is asked into an organization.
///
/// @param locale language of the mail to who has no account
/// @param sentAt when the mail was last asked for
/// @param ended null while nothing came of it
record Invitation(
    UUID id,
    OrganizationId organization,
    String email,
    MemberRole role,
    String locale,
    UserId invitedBy,
    Instant createdAt,
    Instant sentAt,
    Instant expiresAt,
    @Nullable End ended) {
  /// What came of it.
  enum How {
    ACCEPTED,
    DECLINED,
    REVOKED,
    EXPIRED;

    String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// @param acceptedBy null unless it was accepted
  record End(How how, @Nullable UserId acceptedBy) {}

  boolean isOpen(Instant now) {
    return ended == null && now.isBefore(expiresAt);
  }

  @Override
  public String toString() {
    return id.toString();
  }
}
