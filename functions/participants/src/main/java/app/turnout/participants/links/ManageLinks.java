package app.turnout.participants.links;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.outbox.Outbox;
import app.turnout.platform.outbox.OutboxNudge;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;

/// Makes, revokes and sends links, one at a time.
@Singleton
final class ManageLinks {
  /// Good ones of one participant.
  static final int MOST = 10;

  private final LinkBook links;
  private final AuditLog auditLog;
  private final Outbox outbox;
  private final OutboxNudge nudge;
  private final InstantSource time;

  ManageLinks(
      LinkBook links, AuditLog auditLog, Outbox outbox, OutboxNudge nudge, InstantSource time) {
    this.links = links;
    this.auditLog = auditLog;
    this.outbox = outbox;
    this.nudge = nudge;
    this.time = time;
  }

  MadeLinkResponse make(OrganizationId organization, ParticipantId participant) {
    Instant now = time.instant();
    lock(participant, now);
    if (links.count(participant) >= MOST) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          "The participant has " + MOST + " links that are good; revoke one first");
    }
    MadeLinkResponse made = links.make(organization, participant, now);
    audit(organization, "participant.link_made", participant, made.id());
    return made;
  }

  /// From now on the link lets nobody in. One that is revoked stays so.
  void revoke(OrganizationId organization, ParticipantId participant, UUID link) {
    if (!lock(participant, link).isRevoked()) {
      links.revoke(link, time.instant());
      audit(organization, "participant.link_revoked", participant, link);
    }
  }

  /// Mails the link to its participant, in their language.
  ParticipantLink send(OrganizationId organization, ParticipantId participant, UUID link) {
    Instant now = time.instant();
    LinkBook.Holder holder = lock(participant, now);
    ParticipantLink found = lock(participant, link);
    if (found.isRevoked()) {
      throw new ProblemException(ProblemType.NO_LONGER_OPEN, "The link was revoked");
    }
    if (holder.email() == null) {
      throw ProblemException.invalidField(
          "email", "required", "the participant must have an e-mail address");
    }
    if (holder.isOver()) {
      throw new ProblemException(
          ProblemType.CONFLICT, "The event's date has passed, or it is cancelled");
    }
    links.markSent(link, now);
    outbox.write(
        organization,
        "participant_link_mail",
        "participant:" + participant,
        Map.of("participant_id", participant.value(), "link_id", link));
    nudge.wakeRelay();
    audit(organization, "participant.link_sent", participant, link);
    return new ParticipantLink(found.id(), found.createdAt(), null, now);
  }

  private LinkBook.Holder lock(ParticipantId participant, Instant now) {
    return links.lock(participant, now).orElseThrow(() -> ProblemException.notFound("participant"));
  }

  private ParticipantLink lock(ParticipantId participant, UUID link) {
    return links.lock(participant, link).orElseThrow(() -> ProblemException.notFound("link"));
  }

  private void audit(
      OrganizationId organization, String action, ParticipantId participant, UUID link) {
    auditLog.record(
        new AuditEntry(
            organization,
            action,
            "participant",
            participant.value(),
            null,
            Map.of("link_id", link)));
  }
}
