package app.turnout.organizations.ownership;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import app.turnout.organizations.members.Authority;
import app.turnout.organizations.members.Member;
import app.turnout.organizations.members.MemberMail;
import app.turnout.organizations.members.MemberRepository;
import app.turnout.organizations.members.MemberRole;
import app.turnout.organizations.members.RoleLoss;
import app.turnout.organizations.members.Roster;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.security.Caller;
import app.turnout.platform.security.Permission;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The second step: the member takes the place, or does not want it. The giver becomes an admin.
@Singleton
final class TakeOwnership {
  /// What came of it.
  sealed interface Outcome {
    /// Who took it is an owner, by this call or the same one before.
    record Taken(Member owner) implements Outcome {}

    record Declined() implements Outcome {}

    record NoOffer() implements Outcome {}

    /// It has expired, or one of the two does not qualify any more.
    record Closed() implements Outcome {}
  }

  private final Roster roster;
  private final MemberRepository members;
  private final OfferRepository offers;
  private final List<RoleLoss> losses;
  private final MemberMail mail;
  private final AuditLog auditLog;
  private final InstantSource time;

  TakeOwnership(
      Roster roster,
      MemberRepository members,
      OfferRepository offers,
      List<RoleLoss> losses,
      MemberMail mail,
      AuditLog auditLog,
      InstantSource time) {
    this.roster = roster;
    this.members = members;
    this.offers = offers;
    this.losses = losses;
    this.mail = mail;
    this.auditLog = auditLog;
    this.time = time;
  }

  Outcome accept(Caller.Member caller) {
    OrganizationId organization = caller.organization();
    roster.lock(caller, Permission.ORGANIZATION_READ);
    Optional<Member> taker = members.find(organization, caller.user());
    Optional<Offer> last =
        offers.findLast(organization).filter(offer -> offer.to().equals(caller.user()));
    if (taker.isEmpty() || last.isEmpty()) {
      return new Outcome.NoOffer();
    }
    Offer offer = last.get();
    boolean isOwner = taker.get().role() == MemberRole.ORG_OWNER;
    if (offer.ended() == Offer.How.ACCEPTED && isOwner) {
      return new Outcome.Taken(taker.get());
    }
    boolean isGiverOwner =
        members
            .find(organization, offer.by())
            .filter(giver -> giver.role() == MemberRole.ORG_OWNER)
            .isPresent();
    if (isOwner || !isGiverOwner || !offer.isOpen(time.instant())) {
      return new Outcome.Closed();
    }
    handOver(offer, taker.get());
    return members
        .find(organization, caller.user())
        .<Outcome>map(Outcome.Taken::new)
        .orElseGet(Outcome.NoOffer::new);
  }

  private void handOver(Offer offer, Member taker) {
    OrganizationId organization = offer.organization();
    Instant now = time.instant();
    offers.end(offer, Offer.How.ACCEPTED, now);
    change(organization, taker.user(), taker.role(), MemberRole.ORG_OWNER);
    change(organization, offer.by(), MemberRole.ORG_OWNER, MemberRole.ORG_ADMIN);
    Optional<Authority> left = Optional.of(new Authority(MemberRole.ORG_ADMIN.role()));
    losses.forEach(loss -> loss.lost(organization, offer.by(), left, now));
    mail.tellOfRole(organization, offer.by());
    auditLog.record(
        new AuditEntry(
            organization,
            "ownership.transferred",
            "organization",
            organization.value(),
            Map.of("owner", offer.by().value()),
            Map.of("owner", offer.to().value())));
  }

  private void change(
      OrganizationId organization, UserId user, MemberRole before, MemberRole after) {
    members.changeRole(organization, user, after);
    auditLog.record(
        new AuditEntry(
            organization,
            "member.role_changed",
            "member",
            user.value(),
            Map.of("role", before.wire()),
            Map.of("role", after.wire())));
  }

  Outcome decline(Caller.Member caller) {
    OrganizationId organization = caller.organization();
    roster.lock(caller, Permission.ORGANIZATION_READ);
    Optional<Offer> open =
        offers.findUnended(organization).filter(offer -> offer.to().equals(caller.user()));
    if (open.isEmpty()) {
      return new Outcome.NoOffer();
    }
    offers.end(open.get(), Offer.How.DECLINED, time.instant());
    auditLog.record(
        new AuditEntry(
            organization,
            "ownership.offer_declined",
            "member",
            caller.user().value(),
            OfferResponse.of(open.get()),
            null));
    return new Outcome.Declined();
  }
}
