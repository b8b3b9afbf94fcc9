package app.turnout.organizations.ownership;

import io.micronaut.serde.annotation.Serdeable;
import java.util.UUID;

/// Who is to own the organization.
///
/// @param userId of a member
@Serdeable
record OfferOwnershipRequest(UUID userId) {}
