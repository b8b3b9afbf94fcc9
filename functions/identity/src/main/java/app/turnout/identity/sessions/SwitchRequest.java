package app.turnout.identity.sessions;

import io.micronaut.serde.annotation.Serdeable;
import java.util.UUID;

/// Where to act from now on.
@Serdeable
record SwitchRequest(UUID organizationId) {}
