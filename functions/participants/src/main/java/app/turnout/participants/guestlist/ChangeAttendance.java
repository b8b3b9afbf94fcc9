package app.turnout.participants.guestlist;

import app.turnout.domain.ParticipantId;
import app.turnout.platform.attendance.CheckedInBy;
import app.turnout.platform.attendance.ParticipantStatus;
import app.turnout.platform.attendance.ParticipantStatuses;
import app.turnout.platform.attendance.StatusOutcome;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.security.Caller;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.Role;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;

/// Says whether somebody will come, and that they came. What is so already stays as it is, and is
/// not told a second time.
@Singleton
final class ChangeAttendance {
  private final CurrentCaller caller;
  private final ParticipantRepository participants;
  private final Occurrences occurrences;
  private final ParticipantStatuses statuses;
  private final AuditLog auditLog;
  private final InstantSource time;

  ChangeAttendance(
      CurrentCaller caller,
      ParticipantRepository participants,
      Occurrences occurrences,
      ParticipantStatuses statuses,
      AuditLog auditLog,
      InstantSource time) {
    this.caller = caller;
    this.participants = participants;
    this.occurrences = occurrences;
    this.statuses = statuses;
    this.auditLog = auditLog;
    this.time = time;
  }

  Participant confirm(ParticipantId id) {
    mustBeToCome(id);
    return done(id, "participant.confirmed", statuses.confirm(id, time.instant()));
  }

  Participant deny(ParticipantId id) {
    mustBeToCome(id);
    return done(id, "participant.denied", statuses.deny(id, time.instant()));
  }

  /// Also after the end: lists are completed later.
  Participant checkIn(ParticipantId id) {
    if (occurrence(id).isCancelled()) {
      throw new ProblemException(ProblemType.CONFLICT, "The event's date is cancelled");
    }
    return done(id, "participant.checked_in", statuses.checkIn(id, by(), time.instant()));
  }

  Participant undoCheckIn(ParticipantId id) {
    return done(id, "participant.check_in_undone", statuses.undoCheckIn(id, time.instant()));
  }

  private void mustBeToCome(ParticipantId id) {
    if (occurrence(id).isOver()) {
      throw new ProblemException(
          ProblemType.CONFLICT, "The event's date has passed, or it is cancelled");
    }
  }

  private Occurrences.Found occurrence(ParticipantId id) {
    Instant now = time.instant();
    return participants
        .find(id)
        .flatMap(
            participant -> occurrences.find(participant.event(), participant.occurrence(), now))
        .orElseThrow(() -> ProblemException.notFound("participant"));
  }

  private Participant done(ParticipantId id, String action, StatusOutcome outcome) {
    switch (outcome) {
      case StatusOutcome.Changed(ParticipantStatus from, ParticipantStatus to) ->
          auditLog.record(
              new AuditEntry(
                  caller.organization(),
                  action,
                  "participant",
                  id.value(),
                  Map.of("status", wire(from)),
                  Map.of("status", wire(to))));
      case StatusOutcome.Unchanged(ParticipantStatus status) -> {}
      case StatusOutcome.Illegal(ParticipantStatus from, ParticipantStatus to) ->
          throw new ProblemException(
              ProblemType.ILLEGAL_STATUS_CHANGE,
              "The participant is " + wire(from) + ", and cannot become " + wire(to));
      case StatusOutcome.NoSuchParticipant() -> throw ProblemException.notFound("participant");
    }
    return participants.get(id);
  }

  private CheckedInBy by() {
    return switch (caller.get()) {
      case Caller.Member member ->
          new CheckedInBy(
              member.role() == Role.SUPER_ADMIN
                  ? CheckedInBy.Kind.SUPER_ADMIN
                  : CheckedInBy.Kind.USER,
              member.user().value());
      case Caller.ApiKey key -> new CheckedInBy(CheckedInBy.Kind.API_KEY, key.id());
      case Caller.User user -> throw new IllegalStateException("No organization was entered");
      case Caller.Link link -> throw new IllegalStateException("A link checks nobody in");
      case Caller.Device device -> throw new IllegalStateException("A device checks nobody in");
    };
  }

  private static String wire(ParticipantStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
