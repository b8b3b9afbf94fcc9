package app.turnout.organizations.ownership;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import app.turnout.organizations.members.Member;
import app.turnout.organizations.members.MemberResponse;
import app.turnout.organizations.tenants.EnterOrganization;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.security.Caller;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.RequiresPermission;
import app.turnout.platform.security.SignedIn;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import java.net.URI;
import java.time.InstantSource;
import java.util.UUID;

@Controller("/api/v1/organizations/{organization_id}/ownership-offer")
class OwnershipController {
  private final CurrentCaller caller;
  private final EnterOrganization enterOrganization;
  private final OfferOwnership offerOwnership;
  private final TakeOwnership takeOwnership;
  private final OfferRepository offers;
  private final InstantSource time;

  OwnershipController(
      CurrentCaller caller,
      EnterOrganization enterOrganization,
      OfferOwnership offerOwnership,
      TakeOwnership takeOwnership,
      OfferRepository offers,
      InstantSource time) {
    this.caller = caller;
    this.enterOrganization = enterOrganization;
    this.offerOwnership = offerOwnership;
    this.takeOwnership = takeOwnership;
    this.offers = offers;
    this.time = time;
  }

  /// Offers a member the caller's place as owner, by mail, for seven days. Once they accept, they
  /// are owner and the caller is admin. There is one open offer at a time.
  @Post
  @Status(HttpStatus.CREATED)
  @RequiresPermission(Permission.ORGANIZATION_OWN)
  HttpResponse<OfferResponse> offer(
      @PathVariable("organization_id") UUID organizationId, @Body OfferOwnershipRequest request) {
    caller.mustActIn(new OrganizationId(organizationId));
    return switch (offerOwnership.offer(caller.member(), new UserId(request.userId()))) {
      case OfferOwnership.Outcome.Offered(Offer offer) ->
          HttpResponse.created(
              OfferResponse.of(offer),
              URI.create("/api/v1/organizations/" + organizationId + "/ownership-offer"));
      case OfferOwnership.Outcome.NoSuchMember() ->
          throw ProblemException.invalidField("user_id", "exists", "must be of a member");
      case OfferOwnership.Outcome.OwnerAlready() ->
          throw new ProblemException(ProblemType.CONFLICT, "That member is an owner already");
      case OfferOwnership.Outcome.OfferedAlready() ->
          throw ProblemException.alreadyExists(
              "user_id", "there is an open offer; cancel it first");
      case OfferOwnership.Outcome.NotAnOwner() ->
          throw new ProblemException(
              ProblemType.CONFLICT, "Only an owner has a place to offer; change the role instead");
      case OfferOwnership.Outcome.Cancelled() -> throw noOffer();
      case OfferOwnership.Outcome.NoOffer() -> throw noOffer();
    };
  }

  /// The open offer, for owners and for who may accept it.
  @Get
  @SignedIn
  OfferResponse get(@PathVariable("organization_id") UUID organizationId) {
    Caller.Member member = enter(organizationId);
    return offers
        .findUnended(member.organization())
        .filter(offer -> offer.isOpen(time.instant()))
        .filter(
            offer ->
                Permission.ORGANIZATION_OWN.isGrantedTo(member.role())
                    || offer.to().equals(member.user()))
        .map(OfferResponse::of)
        .orElseThrow(OwnershipController::noOffer);
  }

  /// Takes the offer back.
  @Delete
  @Status(HttpStatus.NO_CONTENT)
  @RequiresPermission(Permission.ORGANIZATION_OWN)
  void cancel(@PathVariable("organization_id") UUID organizationId) {
    caller.mustActIn(new OrganizationId(organizationId));
    if (!(offerOwnership.cancel(caller.member()) instanceof OfferOwnership.Outcome.Cancelled)) {
      throw noOffer();
    }
  }

  /// Accepts the offer that was made to the caller, who is owner from now on. Accepting again
  /// changes nothing.
  @Post("/accept")
  @SignedIn
  MemberResponse accept(@PathVariable("organization_id") UUID organizationId) {
    return switch (takeOwnership.accept(enter(organizationId))) {
      case TakeOwnership.Outcome.Taken(Member owner) -> MemberResponse.of(owner);
      case TakeOwnership.Outcome.Closed() ->
          throw new ProblemException(
              ProblemType.NO_LONGER_OPEN,
              "The offer has expired, was taken back, or was made by who is no owner any more");
      case TakeOwnership.Outcome.Declined() -> throw noOffer();
      case TakeOwnership.Outcome.NoOffer() -> throw noOffer();
    };
  }

  /// Declines the offer that was made to the caller.
  @Post("/decline")
  @Status(HttpStatus.NO_CONTENT)
  @SignedIn
  void decline(@PathVariable("organization_id") UUID organizationId) {
    if (!(takeOwnership.decline(enter(organizationId)) instanceof TakeOwnership.Outcome.Declined)) {
      throw noOffer();
    }
  }

  private Caller.Member enter(UUID organizationId) {
    return enterOrganization.enter(caller.account(), new OrganizationId(organizationId));
  }

  private static ProblemException noOffer() {
    return ProblemException.notFound("offer");
  }
}
