package app.turnout.participants.links;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.participants.guestlist.Occurrences;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.outbox.Outbox;
import app.turnout.platform.outbox.OutboxNudge;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks for links to be sent to all who are expected at a date; a consumer does it, page by page.
@Singleton
final class SendLinksToAll {
  /// Within this time nobody is sent theirs twice, unless that is asked for.
  static final Duration RECENTLY = Duration.ofMinutes(10);

  private final Occurrences occurrences;
  private final LinkBook links;
  private final AuditLog auditLog;
  private final Outbox outbox;
  private final OutboxNudge nudge;
  private final InstantSource time;

  SendLinksToAll(
      Occurrences occurrences,
      LinkBook links,
      AuditLog auditLog,
      Outbox outbox,
      OutboxNudge nudge,
      InstantSource time) {
    this.occurrences = occurrences;
    this.links = links;
    this.auditLog = auditLog;
    this.outbox = outbox;
    this.nudge = nudge;
    this.time = time;
  }

  SendingResponse send(
      OrganizationId organization, EventId event, @Nullable OccurrenceId chosen, boolean again) {
    Instant now = time.instant();
    Occurrences.Found date =
        occurrences.find(event, chosen, now).orElseThrow(() -> ProblemException.notFound("event"));
    if (date.isOver()) {
      throw new ProblemException(
          ProblemType.CONFLICT, "The event's date has passed, or it is cancelled");
    }
    // What this request sends counts as sent from now on, so that it is done once however often.
    Instant sentBefore = again ? now : now.minus(RECENTLY);
    SendingResponse counted = links.count(date.id(), sentBefore);
    if (counted.recipients() > 0) {
      outbox.write(
          organization,
          "links_requested",
          "occurrence:" + date.id(),
          Map.of(
              "organization_id", organization.toString(),
              "occurrence_id", date.id().toString(),
              "sent_before", sentBefore.toString()));
      nudge.wakeRelay();
    }
    auditLog.record(
        new AuditEntry(
            organization,
            "participants.links_sent",
            "occurrence",
            date.id().value(),
            null,
            counted));
    return counted;
  }
}
