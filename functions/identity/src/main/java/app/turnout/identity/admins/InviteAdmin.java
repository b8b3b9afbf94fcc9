package app.turnout.identity.admins;

import app.turnout.domain.UserId;
import app.turnout.identity.accounts.AccountRepository;
import app.turnout.identity.accounts.EmailAddress;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.outbox.Outbox;
import app.turnout.platform.outbox.OutboxNudge;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Invites administrators by mail, and takes invitations back.
@Singleton
final class InviteAdmin {
  private final InvitationRepository invitations;
  private final AdminRepository admins;
  private final AccountRepository accounts;
  private final Outbox outbox;
  private final OutboxNudge nudge;
  private final AuditLog auditLog;
  private final AdminSettings settings;
  private final InstantSource time;

  InviteAdmin(
      InvitationRepository invitations,
      AdminRepository admins,
      AccountRepository accounts,
      Outbox outbox,
      OutboxNudge nudge,
      AuditLog auditLog,
      AdminSettings settings,
      InstantSource time) {
    this.invitations = invitations;
    this.admins = admins;
    this.accounts = accounts;
    this.outbox = outbox;
    this.nudge = nudge;
    this.auditLog = auditLog;
    this.settings = settings;
    this.time = time;
  }

  /// In place of the one that the address may have. Empty when it is an administrator's already.
  Optional<Invitation> invite(UserId by, EmailAddress email, String locale) {
    admins.lock();
    if (accounts.find(email).filter(account -> admins.isAdmin(account.id())).isPresent()) {
      return Optional.empty();
    }
    Instant now = time.instant();
    Invitation invitation =
        invitations.add(email, locale, by, now, now.plus(settings.invitation()));
    outbox.write(null, "admin_invitation", "admins", Map.of("invitation_id", invitation.id()));
    nudge.wakeRelay();
    auditLog.record(entry("super_admin.invited", invitation.id()));
    return Optional.of(invitation);
  }

  /// Whether it was open.
  boolean revoke(UUID invitation) {
    boolean wasOpen = invitations.revoke(invitation, time.instant());
    if (wasOpen) {
      auditLog.record(entry("super_admin.invitation_revoked", invitation));
    }
    return wasOpen;
  }

  private static AuditEntry entry(String action, UUID invitation) {
    return new AuditEntry(null, action, "admin_invitation", invitation, null, null);
  }
}
