package app.turnout.organizations.ownership;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import app.turnout.organizations.members.Member;
import app.turnout.organizations.members.MemberRepository;
import app.turnout.organizations.members.MemberRole;
import app.turnout.organizations.members.Roster;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.outbox.Outbox;
import app.turnout.platform.outbox.OutboxNudge;
import app.turnout.platform.security.Caller;
import app.turnout.platform.security.Permission;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// The first step: an owner offers a member their place, or takes the offer back.
@Singleton
final class OfferOwnership {
  /// What came of it.
  sealed interface Outcome {
    record Offered(Offer offer) implements Outcome {}

    record Cancelled() implements Outcome {}

    /// There is an open one already.
    record OfferedAlready() implements Outcome {}

    record NoSuchMember() implements Outcome {}

    /// Who is to get it has it.
    record OwnerAlready() implements Outcome {}

    /// Only who is an owner has a place to offer.
    record NotAnOwner() implements Outcome {}

    record NoOffer() implements Outcome {}
  }

  private final Roster roster;
  private final MemberRepository members;
  private final OfferRepository offers;
  private final Outbox outbox;
  private final OutboxNudge nudge;
  private final AuditLog auditLog;
  private final InstantSource time;

  OfferOwnership(
      Roster roster,
      MemberRepository members,
      OfferRepository offers,
      Outbox outbox,
      OutboxNudge nudge,
      AuditLog auditLog,
      InstantSource time) {
    this.roster = roster;
    this.members = members;
    this.offers = offers;
    this.outbox = outbox;
    this.nudge = nudge;
    this.auditLog = auditLog;
    this.time = time;
  }

  Outcome offer(Caller.Member caller, UserId to) {
    OrganizationId organization = caller.organization();
    Instant now = time.instant();
    if (roster.lock(caller, Permission.ORGANIZATION_OWN).role() != MemberRole.ORG_OWNER.role()) {
      return new Outcome.NotAnOwner();
    }
    Optional<Member> taker = members.find(organization, to);
    if (taker.isEmpty()) {
      return new Outcome.NoSuchMember();
    }
    if (taker.get().role() == MemberRole.ORG_OWNER) {
      return new Outcome.OwnerAlready();
    }
    Optional<Offer> present = offers.findUnended(organization);
    if (present.isPresent()) {
      if (present.get().isOpen(now)) {
        return new Outcome.OfferedAlready();
      }
      offers.end(present.get(), Offer.How.EXPIRED, now);
    }
    Offer offer = offers.add(organization, caller.user(), to, now);
    outbox.write(organization, "ownership_offered", "user:" + to, Map.of("offer_id", offer.id()));
    nudge.wakeRelay();
    auditLog.record(
        new AuditEntry(
            organization,
            "ownership.offered",
            "member",
            to.value(),
            null,
            OfferResponse.of(offer)));
    return new Outcome.Offered(offer);
  }

  Outcome cancel(Caller.Member caller) {
    roster.lock(caller, Permission.ORGANIZATION_OWN);
    Optional<Offer> open = offers.findUnended(caller.organization());
    if (open.isEmpty()) {
      return new Outcome.NoOffer();
    }
    offers.end(open.get(), Offer.How.CANCELLED, time.instant());
    auditLog.record(
        new AuditEntry(
            caller.organization(),
            "ownership.offer_cancelled",
            "member",
            open.get().to().value(),
            OfferResponse.of(open.get()),
            null));
    return new Outcome.Cancelled();
  }
}
