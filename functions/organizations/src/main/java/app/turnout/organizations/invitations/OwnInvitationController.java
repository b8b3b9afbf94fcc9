package app.turnout.organizations.invitations;

import app.turnout.platform.http.Page;
import app.turnout.platform.http.PageRequest;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.SignedIn;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import java.time.InstantSource;

@Controller("/api/v1")
class OwnInvitationController {
  private final CurrentCaller caller;
  private final AnswerInvitation answerInvitation;
  private final InvitationRepository invitations;
  private final InstantSource time;

  OwnInvitationController(
      CurrentCaller caller,
      AnswerInvitation answerInvitation,
      InvitationRepository invitations,
      InstantSource time) {
    this.caller = caller;
    this.answerInvitation = answerInvitation;
    this.invitations = invitations;
    this.time = time;
  }

  /// The open invitations to the caller's verified address, oldest first.
  @Get("/users/invitations")
  @SignedIn
  Page<OwnInvitationResponse> list(PageRequest page) {
    return page.of(
        invitations.listOwn(caller.user(), time.instant(), page.afterId(), page.limit() + 1),
        InvitationRepository.Own::id,
        OwnInvitationResponse::of);
  }

  /// Accepts an invitation to the caller's verified address. Accepting again changes nothing.
  @Post("/organizations/invitations/accept")
  @SignedIn
  JoinedResponse accept(@Body AnswerInvitationRequest request) {
    AnswerInvitation.Joined joined = result(answerInvitation.accept(caller.user(), request));
    return new JoinedResponse(joined.organization().value(), joined.member().role());
  }

  /// Declines an invitation to the caller's verified address. Declining again changes nothing.
  @Post("/organizations/invitations/decline")
  @Status(HttpStatus.NO_CONTENT)
  @SignedIn
  void decline(@Body AnswerInvitationRequest request) {
    result(answerInvitation.decline(caller.user(), request));
  }

  private static <T> T result(AnswerInvitation.Outcome<T> outcome) {
    return switch (outcome) {
      case AnswerInvitation.Outcome.Done<T>(T result) -> result;
      case AnswerInvitation.Outcome.NoSuchInvitation<T>() ->
          throw ProblemException.notFound("invitation");
      case AnswerInvitation.Outcome.NotInvited<T>() ->
          throw new ProblemException(
              ProblemType.NOT_INVITED,
              "Log in with the invited address, or ask to be invited with the verified one");
      case AnswerInvitation.Outcome.Closed<T>() ->
          throw new ProblemException(
              ProblemType.NO_LONGER_OPEN,
              "The invitation has expired, was taken back, or was answered");
    };
  }
}
