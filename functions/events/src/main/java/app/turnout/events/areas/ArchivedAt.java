package app.turnout.events.areas;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What archiving changes, as the audit log tells it.
@Serdeable
record ArchivedAt(@Nullable Instant archivedAt) {}
