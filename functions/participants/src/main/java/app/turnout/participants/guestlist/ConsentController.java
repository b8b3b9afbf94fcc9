package app.turnout.participants.guestlist;

import app.turnout.domain.ParticipantId;
import app.turnout.platform.attendance.Attendance;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.erasure.Withdrawals;
import app.turnout.platform.json.WireName;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.RequiresPermission;
import app.turnout.platform.security.WithLink;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;

@Controller("/api/v1/participants/{participant_id}/consent")
class ConsentController {
  private static final int WITHDRAWALS_SHOWN = 20;

  private final CurrentCaller caller;
  private final ParticipantRepository participants;
  private final ChangeConsent changeConsent;
  private final Withdrawals withdrawals;
  private final Attendance attendance;
  private final AuditLog auditLog;
  private final InstantSource time;

  ConsentController(
      CurrentCaller caller,
      ParticipantRepository participants,
      ChangeConsent changeConsent,
      Withdrawals withdrawals,
      Attendance attendance,
      AuditLog auditLog,
      InstantSource time) {
    this.caller = caller;
    this.participants = participants;
    this.changeConsent = changeConsent;
    this.withdrawals = withdrawals;
    this.attendance = attendance;
    this.auditLog = auditLog;
    this.time = time;
  }

  /// Gives or withdraws the consent to being located; only the participant can, by their link. When
  /// it is withdrawn, no position is taken any more, those on their way neither, and all that were
  /// are erased.
  @Post
  @WithLink
  ConsentResponse consent(
      @PathVariable("participant_id") UUID participantId, @Body ConsentRequest request) {
    ParticipantId id = own(participantId);
    Consent before = find(id);
    Consent consent = changeConsent.change(caller.organization(), id, request.granted());
    Instant now = time.instant();
    if (request.travelMode() != null && attendance.travelBy(id, request.travelMode(), now)) {
      record(
          id,
          "participant.travel_mode_changed",
          Map.of("travel_mode", WireName.of(request.travelMode())));
    }
    if (!consent.equals(before)) {
      attendance.touch(id, now);
    }
    record(
        id,
        consent.granted() ? "participant.consent_given" : "participant.consent_withdrawn",
        ConsentResponse.of(consent));
    return ConsentResponse.of(consent);
  }

  /// What somebody last said of being located, and the receipts of what was erased when they
  /// withdrew a consent, the last 20.
  @Get
  @RequiresPermission(value = Permission.ORGANIZATION_READ, orLink = true)
  @SecurityRequirement(name = "access_token")
  @SecurityRequirement(name = "link_token")
  ConsentReceiptResponse receipt(@PathVariable("participant_id") UUID participantId) {
    ParticipantId id = own(participantId);
    return ConsentReceiptResponse.of(find(id), withdrawals.list(id, WITHDRAWALS_SHOWN));
  }

  private Consent find(ParticipantId id) {
    return participants
        .find(id)
        .map(Participant::consent)
        .orElseThrow(() -> ProblemException.notFound("participant"));
  }

  private void record(ParticipantId id, String action, Object after) {
    auditLog.record(
        new AuditEntry(caller.organization(), action, "participant", id.value(), null, after));
  }

  private ParticipantId own(UUID participantId) {
    ParticipantId id = new ParticipantId(participantId);
    caller.mustSpeakFor(id);
    return id;
  }
}
