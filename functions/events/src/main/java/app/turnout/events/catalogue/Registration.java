package app.turnout.events.catalogue;

import app.turnout.events.planning.EventStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether people may sign up.
final class Registration {
  private Registration() {}

  static boolean isOpen(
      EventStatus status, @Nullable Instant deadline, @Nullable Instant closedAt, Instant now) {
    return (status == EventStatus.SCHEDULED || status == EventStatus.ACTIVE)
        && closedAt == null
        && (deadline == null || now.isBefore(deadline));
  }
}
