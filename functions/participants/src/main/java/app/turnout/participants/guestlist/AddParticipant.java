package app.turnout.participants.guestlist;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.platform.attendance.Attendance;
import app.turnout.platform.attendance.ExpectedParticipant;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.tokens.Ids;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Adds somebody to an occurrence, with a link to act by.
@Singleton
final class AddParticipant {
  /// What came of it.
  sealed interface Outcome {
    record Added(Participant participant, LinkResponse link) implements Outcome {}

    /// The occurrence is over, or cancelled.
    record Over() implements Outcome {}

    record NoSuchOccurrence() implements Outcome {}
  }

  private final Occurrences occurrences;
  private final Attendance attendance;
  private final ParticipantRepository participants;
  private final ParticipantLinks links;
  private final AuditLog auditLog;
  private final Ids ids;
  private final InstantSource time;

  AddParticipant(
      Occurrences occurrences,
      Attendance attendance,
      ParticipantRepository participants,
      ParticipantLinks links,
      AuditLog auditLog,
      Ids ids,
      InstantSource time) {
    this.occurrences = occurrences;
    this.attendance = attendance;
    this.participants = participants;
    this.links = links;
    this.auditLog = auditLog;
    this.ids = ids;
    this.time = time;
  }

  Outcome add(
      OrganizationId organization,
      EventId event,
      @Nullable OccurrenceId chosen,
      AddParticipantRequest request) {
    Instant now = time.instant();
    Optional<Occurrences.Found> occurrence = occurrences.find(event, chosen, now);
    if (occurrence.isEmpty()) {
      return new Outcome.NoSuchOccurrence();
    }
    if (occurrence.get().isOver()) {
      return new Outcome.Over();
    }
    ParticipantId id = new ParticipantId(ids.next());
    attendance.expect(
        new ExpectedParticipant(
            id,
            organization,
            event,
            occurrence.get().id(),
            GivenDetails.read(request.whole(), participants.country(organization)).orThrow(),
            now));
    LinkResponse link = links.make(organization, id, now).link();
    Participant added = participants.get(id);
    auditLog.record(
        new AuditEntry(
            organization,
            "participant.added",
            "participant",
            id.value(),
            null,
            ParticipantResponse.of(added)));
    return new Outcome.Added(added, link);
  }
}
