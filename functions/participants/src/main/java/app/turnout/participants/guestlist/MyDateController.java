package app.turnout.participants.guestlist;

import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.security.Caller;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.WithLink;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.time.InstantSource;

@Controller("/api/v1/links/me")
class MyDateController {
  private final CurrentCaller caller;
  private final MyDateRepository dates;
  private final InstantSource time;

  MyDateController(CurrentCaller caller, MyDateRepository dates, InstantSource time) {
    this.caller = caller;
    this.dates = dates;
    this.time = time;
  }

  /// What a participant's page shows, by their link: the date they are expected at, what they said,
  /// and when positions are taken.
  @Get
  @WithLink
  HttpResponse<MyDateResponse> get() {
    if (!(caller.get() instanceof Caller.Link link)) {
      throw new IllegalStateException("Links alone are let in here");
    }
    return dates
        .find(link.participant(), time.instant())
        .map(HttpResponse::ok)
        .map(answer -> answer.header(HttpHeaders.CACHE_CONTROL, "no-store"))
        .orElseThrow(() -> ProblemException.notFound("participant"));
  }
}
