package app.turnout.organizations.closing;

import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;
import java.util.UUID;

/// The organization is being deleted.
///
/// @param erasureId by which its receipt is read
/// @param dueAt until then it can be taken back
@Serdeable
record ClosingResponse(UUID erasureId, OffsetDateTime requestedAt, OffsetDateTime dueAt) {}
