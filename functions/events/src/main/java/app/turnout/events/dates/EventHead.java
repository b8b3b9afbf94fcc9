package app.turnout.events.dates;

import app.turnout.domain.AreaId;
import app.turnout.domain.EventId;
import app.turnout.domain.OrganizationId;
import app.turnout.events.planning.EventStatus;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/// What the dates of an event need to know of it.
record EventHead(
    EventId id,
    OrganizationId organization,
    boolean isRecurring,
    EventStatus status,
    boolean isArchived,
    @Nullable AreaId area,
    long version) {
  boolean isPublished() {
    return status != EventStatus.DRAFT;
  }

  /// Throws ProblemException when its dates stay as they are.
  void mustBeChangeable() {
    if (status == EventStatus.COMPLETED || status == EventStatus.CANCELLED) {
      throw new ProblemException(
          ProblemType.ILLEGAL_STATUS_CHANGE,
          "The event is " + status.wire() + ", and stays as it is");
    }
    if (isArchived) {
      throw new ProblemException(ProblemType.CONFLICT, "The event is archived");
    }
  }

  /// Throws ProblemException where there is one date only, which is the event's.
  void mustRecur() {
    if (!isRecurring) {
      throw new ProblemException(
          ProblemType.CONFLICT, "The event has one date; what is to change, changes by the event");
    }
  }
}
