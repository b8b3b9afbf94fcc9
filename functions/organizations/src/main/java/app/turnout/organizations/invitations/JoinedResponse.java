package app.turnout.organizations.invitations;

import app.turnout.organizations.members.MemberRole;
import io.micronaut.serde.annotation.Serdeable;
import java.util.UUID;

/// An organization that the caller belongs to now; to act in it, switch to it.
@Serdeable
record JoinedResponse(UUID organizationId, MemberRole role) {}
