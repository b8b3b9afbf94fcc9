package app.turnout.events.planning;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What became of an event, and when.
@Serdeable
record Course(
    @Nullable Instant registrationClosedAt,
    @Nullable Instant cancelledAt,
    @Nullable String cancellationReason,
    @Nullable Instant completedAt,
    @Nullable Instant archivedAt) {
  static final Course FIRST = new Course(null, null, null, null, null);
}
