package app.turnout.organizations.invitations;

import app.turnout.organizations.members.MemberRole;
import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An invitation as the invited person sees it.
///
/// @param invitedByName null when they are gone
@Serdeable
record OwnInvitationResponse(
    UUID id,
    UUID organizationId,
    String organizationName,
    MemberRole role,
    @Nullable String invitedByName,
    OffsetDateTime createdAt,
    OffsetDateTime expiresAt) {
  static OwnInvitationResponse of(InvitationRepository.Own own) {
    return new OwnInvitationResponse(
        own.id(),
        own.organization().value(),
        own.organizationName(),
        own.role(),
        own.invitedByName(),
        own.createdAt().atOffset(ZoneOffset.UTC),
        own.expiresAt().atOffset(ZoneOffset.UTC));
  }
}
