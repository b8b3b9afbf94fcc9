package app.turnout.platform.security;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a valid access token says.
///
/// @param organization that it acts in; null for none
public record AccessTokenClaims(
    UserId user, UUID session, @Nullable OrganizationId organization, Instant expiresAt) {}
