package app.turnout.live.sockets;

import app.turnout.live.Connection;
import app.turnout.live.Dates;
import app.turnout.live.LiveMessage;
import app.turnout.live.RefreshEtas;
import app.turnout.live.Watch;
import app.turnout.live.WatchedDate;
import app.turnout.live.Watches;
import app.turnout.platform.logging.LogFacts;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Answers what watchers send. At each message it is looked at whether they still may watch: who
/// may not any more is forgotten, and told nothing from then on.
@Singleton
final class AnswerMessage {
  private final Watches watches;
  private final Database database;
  private final WatcherEntrance entrance;
  private final Dates dates;
  private final @Nullable RefreshEtas refreshEtas;
  private final InstantSource time;

  AnswerMessage(
      Watches watches,
      Database database,
      WatcherEntrance entrance,
      Dates dates,
      @Nullable RefreshEtas refreshEtas,
      InstantSource time) {
    this.watches = watches;
    this.database = database;
    this.entrance = entrance;
    this.dates = dates;
    this.refreshEtas = refreshEtas;
    this.time = time;
  }

  LiveMessage answer(String connectionId, @Nullable String text) {
    ClientMessage message =
        ClientMessage.parse(text)
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemType.MALFORMED_REQUEST,
                        "An action is wanted: subscribe with an event_id, or ping"));
    Connection connection =
        watches
            .find(connectionId)
            .orElseThrow(
                () -> new ProblemException(ProblemType.UNAUTHENTICATED, "The connection ended"));
    LogFacts.enter(connection.watch().organization());
    try {
      return switch (message) {
        case ClientMessage.Ping() -> pong(connection);
        case ClientMessage.Subscribe(UUID event, UUID occurrence) ->
            subscribe(connection, event, occurrence);
      };
    } catch (ProblemException e) {
      if (e.type() == ProblemType.UNAUTHENTICATED || e.type() == ProblemType.FORBIDDEN) {
        watches.forget(connection);
      }
      throw e;
    }
  }

  private LiveMessage pong(Connection connection) {
    Instant now = time.instant();
    database.run(() -> entrance.enter(connection.watch(), now));
    return LiveMessage.Pong.PONG;
  }

  private LiveMessage subscribe(Connection connection, UUID event, @Nullable UUID occurrence) {
    Watch watch = connection.watch();
    if (!watch.event().value().equals(event)
        || (occurrence != null && !watch.occurrence().value().equals(occurrence))) {
      throw new ProblemException(
          ProblemType.NOT_FOUND, "The ticket was for another event, or another date of it");
    }
    Instant now = time.instant();
    database.run(() -> entrance.enter(watch, now));
    // Before its number is read: whatever gets a higher one is sent to this connection, too.
    watches.subscribe(connection);
    WatchedDate date =
        database.inTransaction(
            () -> {
              entrance.enter(watch, now);
              return dates
                  .find(watch.organization(), watch.occurrence(), now)
                  .orElseThrow(() -> ProblemException.notFound("event"));
            });
    if (refreshEtas != null) {
      refreshEtas.now(watch.organization(), watch.occurrence(), watches.find(watch.occurrence()));
    }
    return LiveMessage.EventUpdate.of(date, date.sequence());
  }
}
