package app.turnout.identity.sessions;

import app.turnout.identity.attempts.Attempts;
import app.turnout.platform.http.Page;
import app.turnout.platform.http.PageRequest;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.security.Caller;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.SignedIn;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Status;
import java.time.InstantSource;
import java.util.UUID;

@Controller("/api/v1/users/sessions")
class OwnSessionsController {
  private final Attempts attempts;
  private final CurrentCaller caller;
  private final SessionRepository sessions;
  private final RevokeSession revokeSession;
  private final InstantSource time;

  OwnSessionsController(
      Attempts attempts,
      CurrentCaller caller,
      SessionRepository sessions,
      RevokeSession revokeSession,
      InstantSource time) {
    this.attempts = attempts;
    this.caller = caller;
    this.sessions = sessions;
    this.revokeSession = revokeSession;
    this.time = time;
  }

  /// The caller's open sessions, newest first.
  @Get
  @SignedIn
  Page<SessionResponse> list(HttpRequest<?> request, PageRequest page) {
    Caller.User user = caller.signedIn();
    attempts.account(request, user.user());
    return page.of(
        sessions.listOpen(user.user(), page.afterId(), page.limit() + 1, time.instant()),
        SessionRepository.Listed::id,
        session -> SessionResponse.of(session, user.session()));
  }

  /// Ends one of the caller's sessions: its tokens are refused from now on.
  @Delete("/{session_id}")
  @SignedIn
  @Status(HttpStatus.NO_CONTENT)
  void revoke(HttpRequest<?> request, @PathVariable("session_id") UUID sessionId) {
    Caller.User user = caller.signedIn();
    attempts.account(request, user.user());
    switch (revokeSession.revoke(user.user(), sessionId)) {
      case REVOKED -> {}
      case NO_SUCH_SESSION -> throw ProblemException.notFound("session");
    }
  }
}
