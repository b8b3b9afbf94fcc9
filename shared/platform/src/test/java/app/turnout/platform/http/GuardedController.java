package app.turnout.platform.http;

import app.turnout.platform.security.Open;
import app.turnout.platform.security.SignedIn;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/// One route that wants a token, and one that does not.
@Controller("/guarded")
@Requires(property = "turnout.function", value = "guarded")
class GuardedController {
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger reads = new AtomicInteger();

  @Get("/things/{thing_id}")
  @SignedIn
  String thing(@PathVariable("thing_id") UUID thing) {
    calls.incrementAndGet();
    return thing.toString();
  }

  @Get("/news")
  @Open
  String news() {
    reads.incrementAndGet();
    return "none";
  }

  int reads() {
    return reads.get();
  }

  int calls() {
    return calls.get();
  }
}
