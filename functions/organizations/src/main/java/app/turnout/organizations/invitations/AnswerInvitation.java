package app.turnout.organizations.invitations;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import app.turnout.organizations.members.Member;
import app.turnout.organizations.members.MemberRepository;
import app.turnout.organizations.members.Roster;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// Says yes or no to an invitation, for the account that has verified the invited address: who was
/// only forwarded the mail does not come in.
@Singleton
final class AnswerInvitation {
  /// What came of it.
  ///
  /// @param <T> what there is when it went well
  sealed interface Outcome<T> {
    record Done<T>(T result) implements Outcome<T> {}

    record NoSuchInvitation<T>() implements Outcome<T> {}

    /// It is for somebody else.
    record NotInvited<T>() implements Outcome<T> {}

    /// It was revoked, declined or used, or it has expired.
    record Closed<T>() implements Outcome<T> {}
  }

  /// Where somebody is a member now.
  record Joined(OrganizationId organization, Member member) {}

  private final InvitationRepository invitations;
  private final MemberRepository members;
  private final Roster roster;
  private final AuditLog auditLog;
  private final InstantSource time;

  AnswerInvitation(
      InvitationRepository invitations,
      MemberRepository members,
      Roster roster,
      AuditLog auditLog,
      InstantSource time) {
    this.invitations = invitations;
    this.members = members;
    this.roster = roster;
    this.auditLog = auditLog;
    this.time = time;
  }

  Outcome<Joined> accept(UserId user, AnswerInvitationRequest request) {
    return answer(user, request, invitation -> accept(user, invitation));
  }

  Outcome<Invitation> decline(UserId user, AnswerInvitationRequest request) {
    return answer(user, request, invitation -> decline(user, invitation));
  }

  private <T> Outcome<T> answer(
      UserId user, AnswerInvitationRequest request, Function<Invitation, Outcome<T>> answer) {
    String token = request.token() == null ? null : request.token().strip();
    Optional<UUID> id =
        token == null ? Optional.ofNullable(request.invitationId()) : invitations.verify(token);
    Optional<InvitationRepository.Door> door =
        id.flatMap(invitation -> invitations.enter(user, invitation));
    if (id.isEmpty() || door.isEmpty()) {
      return new Outcome.NoSuchInvitation<>();
    }
    if (!door.get().isAddressee()) {
      // Who has the token knows that there is one; who only guesses an id is not told.
      return token == null ? new Outcome.NoSuchInvitation<>() : new Outcome.NotInvited<>();
    }
    roster.lock(door.get().organization());
    return invitations
        .find(door.get().organization(), id.get(), token)
        .map(answer)
        .orElseGet(Outcome.NoSuchInvitation::new);
  }

  /// Accepting twice is accepting once; it does not bring back who was removed since.
  private Outcome<Joined> accept(UserId user, Invitation invitation) {
    OrganizationId organization = invitation.organization();
    Instant now = time.instant();
    Optional<Member> present = members.find(organization, user);
    Invitation.End ended = invitation.ended();
    if (ended != null && user.equals(ended.acceptedBy()) && present.isPresent()) {
      return new Outcome.Done<>(new Joined(organization, present.get()));
    }
    if (!invitation.isOpen(now)) {
      return new Outcome.Closed<>();
    }
    members.add(organization, user, invitation.role(), now);
    invitations.end(invitation, new Invitation.End(Invitation.How.ACCEPTED, user), now);
    if (present.isEmpty()) {
      auditLog.record(
          new AuditEntry(
              organization,
              "member.joined",
              "member",
              user.value(),
              null,
              Map.of("role", invitation.role().wire(), "invitation_id", invitation.id())));
    }
    Member joined =
        members
            .find(organization, user)
            .orElseThrow(() -> new IllegalStateException("The member was there a moment ago"));
    return new Outcome.Done<>(new Joined(organization, joined));
  }

  private Outcome<Invitation> decline(UserId user, Invitation invitation) {
    Invitation.End ended = invitation.ended();
    if (ended != null && ended.how() == Invitation.How.DECLINED) {
      return new Outcome.Done<>(invitation);
    }
    Instant now = time.instant();
    if (!invitation.isOpen(now)) {
      return new Outcome.Closed<>();
    }
    invitations.end(invitation, new Invitation.End(Invitation.How.DECLINED, null), now);
    auditLog.record(
        new AuditEntry(
            invitation.organization(),
            "invitation.declined",
            "invitation",
            invitation.id(),
            null,
            Map.of("user_id", user.value())));
    return new Outcome.Done<>(invitation);
  }
}
