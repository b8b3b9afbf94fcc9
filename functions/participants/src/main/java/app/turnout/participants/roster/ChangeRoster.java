package app.turnout.participants.roster;

import app.turnout.domain.EventId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.participants.guestlist.AddParticipantRequest;
import app.turnout.participants.guestlist.GivenDetails;
import app.turnout.participants.guestlist.ParticipantRepository;
import app.turnout.participants.guestlist.UpdateParticipantRequest;
import app.turnout.platform.attendance.Attendance;
import app.turnout.platform.attendance.ParticipantDetails;
import app.turnout.platform.attendance.RosterAttendance;
import app.turnout.platform.http.ExpectedVersion;
import app.turnout.platform.plans.PlanAllowance;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.tokens.Ids;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// Adds to an event's roster, changes it, and takes off it.
@Singleton
final class ChangeRoster {
  private final RosterRepository roster;
  private final ParticipantRepository participants;
  private final Attendance attendance;
  private final RosterAttendance rosterAttendance;
  private final PlanAllowance plan;
  private final RosterNews news;
  private final Ids ids;
  private final InstantSource time;

  ChangeRoster(
      RosterRepository roster,
      ParticipantRepository participants,
      Attendance attendance,
      RosterAttendance rosterAttendance,
      PlanAllowance plan,
      RosterNews news,
      Ids ids,
      InstantSource time) {
    this.roster = roster;
    this.participants = participants;
    this.attendance = attendance;
    this.rosterAttendance = rosterAttendance;
    this.plan = plan;
    this.news = news;
    this.ids = ids;
    this.time = time;
  }

  /// They are expected at the dates that are not over soon after.
  RosterMember add(OrganizationId organization, EventId event, AddParticipantRequest request) {
    boolean isOver = roster.findIsOver(event).orElseThrow(() -> ProblemException.notFound("event"));
    if (isOver) {
      throw new ProblemException(
          ProblemType.CONFLICT, "The event is completed, cancelled or archived");
    }
    Instant now = time.instant();
    ParticipantDetails details =
        GivenDetails.read(request.whole(), participants.country(organization)).orThrow();
    plan.mustAllowRosterMember(organization, () -> roster.count(event));
    UUID id = ids.next();
    roster.add(id, organization, event, details, now);
    RosterMember added = roster.find(event, id, now).orElseThrow();
    news.added(organization, event, id, UpdateParticipantRequest.of(details));
    return added;
  }

  /// Their rows on dates that are not over say the same, except where a row was changed itself.
  ///
  /// @param change from what it is to what it is to be
  RosterMember update(
      OrganizationId organization,
      EventId event,
      UUID id,
      ExpectedVersion expected,
      UnaryOperator<UpdateParticipantRequest> change) {
    Instant now = time.instant();
    RosterMember before = lock(event, id, expected, now);
    UpdateParticipantRequest present = UpdateParticipantRequest.of(before.details());
    ParticipantDetails wanted =
        GivenDetails.read(change.apply(present), participants.country(organization)).orThrow();
    roster.change(id, wanted, now);
    if (!wanted.equals(before.details())) {
      rosterAttendance.change(id, before.details(), wanted, now);
    }
    news.changed(organization, id, present, UpdateParticipantRequest.of(wanted));
    return roster.find(event, id, now).orElseThrow();
  }

  /// Dates that have not begun, and that they have not answered for, do not expect them any more.
  /// What they answered, and what was, stays, as rows of its own.
  void remove(OrganizationId organization, EventId event, UUID id, ExpectedVersion expected) {
    Instant now = time.instant();
    RosterMember before = lock(event, id, expected, now);
    List<RosterRepository.Unanswered> unanswered = roster.lockUnanswered(id, now);
    unanswered.forEach(row -> participants.forgetBelongings(new ParticipantId(row.id())));
    attendance.forget(unanswered.stream().map(RosterRepository.Unanswered::id).toList());
    roster.remove(id);
    news.removed(
        organization,
        id,
        UpdateParticipantRequest.of(before.details()),
        unanswered.stream()
            .filter(RosterRepository.Unanswered::hasConsent)
            .map(RosterRepository.Unanswered::id)
            .toList());
  }

  private RosterMember lock(EventId event, UUID id, ExpectedVersion expected, Instant now) {
    RosterMember member =
        roster
            .lock(event, id, now)
            .orElseThrow(() -> ProblemException.notFound("member of the roster"));
    expected.mustBe(member.version());
    return member;
  }
}
