package app.turnout.organizations.members;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.security.Caller;
import app.turnout.platform.security.Permission;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Ends somebody's membership, by others or by themselves. They are out at their next request: the
/// role is read at each.
@Singleton
final class RemoveMember {
  /// What came of it.
  sealed interface Outcome {
    record Removed() implements Outcome {}

    record NoSuchMember() implements Outcome {}

    /// The caller may not touch this member.
    record NotAllowed() implements Outcome {}

    /// The organization would be nobody's.
    record LastOwner() implements Outcome {}
  }

  private final Roster roster;
  private final MemberRepository members;
  private final List<RoleLoss> losses;
  private final MemberMail mail;
  private final AuditLog auditLog;
  private final InstantSource time;

  RemoveMember(
      Roster roster,
      MemberRepository members,
      List<RoleLoss> losses,
      MemberMail mail,
      AuditLog auditLog,
      InstantSource time) {
    this.roster = roster;
    this.members = members;
    this.losses = losses;
    this.mail = mail;
    this.auditLog = auditLog;
    this.time = time;
  }

  Outcome remove(Caller.Member caller, UserId user) {
    OrganizationId organization = caller.organization();
    Authority authority = roster.lock(caller, Permission.ORGANIZATION_MANAGE);
    Optional<Member> member = members.find(organization, user);
    if (member.isEmpty()) {
      return new Outcome.NoSuchMember();
    }
    if (!authority.mayTouch(member.get().role())) {
      return new Outcome.NotAllowed();
    }
    Outcome outcome = end(organization, member.get(), "member.removed");
    if (outcome instanceof Outcome.Removed && !user.equals(caller.user())) {
      mail.tellOfRemoval(organization, user);
    }
    return outcome;
  }

  /// Whoever is a member may go, but the last owner.
  Outcome leave(Caller.Member caller) {
    OrganizationId organization = caller.organization();
    roster.lock(caller, Permission.ORGANIZATION_READ);
    return members
        .find(organization, caller.user())
        .map(member -> end(organization, member, "member.left"))
        .orElseGet(Outcome.NoSuchMember::new);
  }

  private Outcome end(OrganizationId organization, Member member, String action) {
    if (member.role() == MemberRole.ORG_OWNER
        && !members.hasOtherOwner(organization, member.user())) {
      return new Outcome.LastOwner();
    }
    members.remove(organization, member.user());
    losses.forEach(
        loss -> loss.lost(organization, member.user(), Optional.empty(), time.instant()));
    auditLog.record(
        new AuditEntry(
            organization,
            action,
            "member",
            member.user().value(),
            Map.of("role", member.role().wire()),
            null));
    return new Outcome.Removed();
  }
}
