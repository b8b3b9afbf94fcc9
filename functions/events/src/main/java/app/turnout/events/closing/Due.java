package app.turnout.events.closing;

import app.turnout.domain.OrganizationId;
import java.util.UUID;

/// A date or an event whose time has come.
///
/// @param status that is stored until then
record Due(UUID id, OrganizationId organization, UUID event, String status) {}
