package app.turnout.organizations.members;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.http.ExpectedVersion;
import app.turnout.platform.security.Caller;
import app.turnout.platform.security.Permission;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gives a member another role.
@Singleton
final class ChangeRole {
  /// What came of it.
  sealed interface Outcome {
    record Changed(Member member) implements Outcome {}

    record NoSuchMember() implements Outcome {}

    /// The caller may not touch this member, or not give this role.
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

  ChangeRole(
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

  Outcome change(Caller.Member caller, UserId user, MemberRole wanted, ExpectedVersion expected) {
    OrganizationId organization = caller.organization();
    Authority authority = roster.lock(caller, Permission.ORGANIZATION_MANAGE);
    Optional<Member> found = members.find(organization, user);
    if (found.isEmpty()) {
      return new Outcome.NoSuchMember();
    }
    Member before = found.get();
    expected.mustBe(before.version());
    if (!authority.mayTouch(before.role()) || !authority.mayGrant(wanted)) {
      return new Outcome.NotAllowed();
    }
    if (before.role() == wanted) {
      return new Outcome.Changed(before);
    }
    if (before.role() == MemberRole.ORG_OWNER && !members.hasOtherOwner(organization, user)) {
      return new Outcome.LastOwner();
    }
    members.changeRole(organization, user, wanted);
    Optional<Authority> left = Optional.of(new Authority(wanted.role()));
    losses.forEach(loss -> loss.lost(organization, user, left, time.instant()));
    if (!user.equals(caller.user())) {
      mail.tellOfRole(organization, user);
    }
    auditLog.record(
        new AuditEntry(
            organization,
            "member.role_changed",
            "member",
            user.value(),
            Map.of("role", before.role().wire()),
            Map.of("role", wanted.wire())));
    return new Outcome.Changed(members.find(organization, user).orElse(before));
  }
}
