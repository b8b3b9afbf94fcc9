package app.turnout.live;

import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.platform.queue.Queues;
import app.turnout.platform.time.RealTime;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/// Asks for the arrival times of a date that somebody watches, by the queue `eta-refresh`. What
/// happens within a few seconds is asked for once, at their end: so the last of it is in, however
/// much there was, and a date is computed every few seconds at most.
@Singleton
@Requires(property = "turnout.queues.eta-refresh")
public class RefreshEtas {
  private static final String QUEUE = "eta-refresh";
  private static final Duration AFTER = Duration.ofSeconds(5);

  private final Queues queues;
  private final Watches watches;
  private final RealTime time;

  RefreshEtas(Queues queues, Watches watches, RealTime time) {
    this.queues = queues;
    this.watches = watches;
    this.time = time;
  }

  /// Something happened that arrival times may hang on. Throws SdkException when it cannot be asked
  /// for; two who ask at once may both do.
  public void soon(OrganizationId organization, OccurrenceId occurrence, Watched watched) {
    ask(organization, occurrence, watched, AFTER);
  }

  /// As above, and at once unless it was asked for already.
  public void now(OrganizationId organization, OccurrenceId occurrence, Watched watched) {
    ask(organization, occurrence, watched, Duration.ZERO);
  }

  private void ask(
      OrganizationId organization, OccurrenceId occurrence, Watched watched, Duration after) {
    Instant now = time.now();
    // Further off than that it cannot be: the clock that said so was another one.
    boolean isOnItsWay =
        now.isBefore(watched.refreshDueAt())
            && watched.refreshDueAt().isBefore(now.plus(AFTER).plus(AFTER));
    if (isOnItsWay) {
      return;
    }
    queues.sendLater(
        QUEUE,
        "{\"v\":1,\"organization\":\"%s\",\"occurrence\":\"%s\"}"
            .formatted(organization, occurrence),
        after);
    watches.refreshRequested(occurrence, now.plus(after));
  }
}
