package app.turnout.organizations.invitations;

import app.turnout.domain.OrganizationId;
import app.turnout.organizations.members.Authority;
import app.turnout.organizations.members.MemberRepository;
import app.turnout.organizations.members.Roster;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.security.Caller;
import app.turnout.platform.security.Permission;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Asks people in, again, or not any more.
@Singleton
final class InvitePerson {
  /// What came of it.
  sealed interface Outcome {
    /// A mail is on its way.
    record Invited(Invitation invitation) implements Outcome {}

    record Revoked() implements Outcome {}

    record NoSuchInvitation() implements Outcome {}

    /// The caller may not give this role.
    record NotAllowed() implements Outcome {}

    record MemberAlready() implements Outcome {}

    record InvitedAlready() implements Outcome {}
  }

  private final Roster roster;
  private final MemberRepository members;
  private final InvitationRepository invitations;
  private final InvitationMail mail;
  private final AuditLog auditLog;
  private final InstantSource time;

  InvitePerson(
      Roster roster,
      MemberRepository members,
      InvitationRepository invitations,
      InvitationMail mail,
      AuditLog auditLog,
      InstantSource time) {
    this.roster = roster;
    this.members = members;
    this.invitations = invitations;
    this.mail = mail;
    this.auditLog = auditLog;
    this.time = time;
  }

  Outcome invite(Caller.Member caller, InviteRequest request) {
    OrganizationId organization = caller.organization();
    Instant now = time.instant();
    Authority authority = roster.lock(caller, Permission.ORGANIZATION_MANAGE);
    if (!authority.mayGrant(request.role())) {
      return new Outcome.NotAllowed();
    }
    if (members.hasAddress(organization, request.email())) {
      return new Outcome.MemberAlready();
    }
    invitations.endExpired(organization, request.email(), now);
    Optional<Invitation> added =
        invitations.add(
            organization, request.email(), request.role(), request.locale(), caller.user(), now);
    if (added.isEmpty()) {
      return new Outcome.InvitedAlready();
    }
    return send(caller, added.get(), "invitation.sent");
  }

  /// The same token once more, good for as long as a new one: who has two mails may use either.
  Outcome resend(Caller.Member caller, UUID id) {
    Authority authority = roster.lock(caller, Permission.ORGANIZATION_MANAGE);
    Optional<Invitation> found = find(caller.organization(), id);
    if (found.isEmpty()) {
      return new Outcome.NoSuchInvitation();
    }
    if (!authority.mayGrant(found.get().role())) {
      return new Outcome.NotAllowed();
    }
    return send(caller, invitations.renew(found.get(), time.instant()), "invitation.sent_again");
  }

  Outcome revoke(Caller.Member caller, UUID id) {
    Authority authority = roster.lock(caller, Permission.ORGANIZATION_MANAGE);
    Optional<Invitation> found = find(caller.organization(), id);
    if (found.isEmpty()) {
      return new Outcome.NoSuchInvitation();
    }
    Invitation invitation = found.get();
    if (!authority.mayGrant(invitation.role())) {
      return new Outcome.NotAllowed();
    }
    invitations.end(invitation, new Invitation.End(Invitation.How.REVOKED, null), time.instant());
    auditLog.record(entry(invitation, "invitation.revoked", told(invitation), null));
    return new Outcome.Revoked();
  }

  private Optional<Invitation> find(OrganizationId organization, UUID id) {
    return invitations.find(organization, id).filter(found -> found.ended() == null);
  }

  private Outcome send(Caller.Member caller, Invitation invitation, String action) {
    mail.send(caller.organization(), caller.user(), invitation.email(), invitation.id());
    auditLog.record(entry(invitation, action, null, told(invitation)));
    return new Outcome.Invited(invitation);
  }

  private static Map<String, String> told(Invitation invitation) {
    return Map.of("email", invitation.email(), "role", invitation.role().wire());
  }

  private static AuditEntry entry(
      Invitation invitation, String action, @Nullable Object before, @Nullable Object after) {
    return new AuditEntry(
        invitation.organization(), action, "invitation", invitation.id(), before, after);
  }
}
