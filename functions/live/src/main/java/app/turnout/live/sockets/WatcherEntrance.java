package app.turnout.live.sockets;

import app.turnout.live.Watch;
import app.turnout.live.WatcherRights;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;

/// Lets those who watch into the open transaction again, by what was kept when they came in with
/// their token: row-level security holds them to that organization.
@Singleton
final class WatcherEntrance {
  private final Database database;

  WatcherEntrance(Database database) {
    this.database = database;
  }

  /// @throws ProblemException `unauthenticated` or `forbidden` for who may not watch any more
  void enter(Watch watch, Instant now) {
    WatcherRights rights =
        database
            .handle()
            .createQuery(
                """
                select role, permissions, participant_id
                from enter_as_watcher(:organization, :kind, :id, cast(:session as uuid), :now)
                """)
            .bind("organization", watch.organization().value())
            .bind("kind", watch.watcher().storedKind())
            .bind("id", watch.watcher().id())
            .bind("session", watch.watcher().session())
            .bind("now", now.atOffset(ZoneOffset.UTC))
            .map((row, context) -> WatcherRights.read(row))
            .findOne()
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemType.UNAUTHENTICATED, "Who watches has left, or was shut out"));
    if (!rights.mayWatch()) {
      throw new ProblemException(ProblemType.FORBIDDEN, "positions.read was taken back");
    }
  }
}
