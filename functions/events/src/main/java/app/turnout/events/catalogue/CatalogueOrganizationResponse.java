package app.turnout.events.catalogue;

import io.micronaut.serde.annotation.Serdeable;
import java.util.UUID;

/// Who organizes it.
@Serdeable
record CatalogueOrganizationResponse(UUID id, String name) {}
