package app.turnout.live.push;

import app.turnout.live.Connection;
import app.turnout.live.WatchedDate;
import app.turnout.live.WatcherRights;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What those who watch may do now, by one statement for all of a date.
@Singleton
final class Rights {
  private final Database database;

  Rights(Database database) {
    this.database = database;
  }

  /// Those who may still watch; who may not is left out.
  Map<Connection, WatcherRights> of(WatchedDate date, List<Connection> connections, Instant now) {
    Map<Connection, WatcherRights> rights = new HashMap<>();
    database
        .handle()
        .createQuery(
            """
            select number, role, permissions, participant_id
            from watchers_now(:organization, :kinds, :ids, :sessions, :now)
            """)
        .bind("organization", date.organization().value())
        .bindArray(
            "kinds",
            String.class,
            connections.stream().map(each -> each.watch().watcher().storedKind()).toList())
        .bindArray(
            "ids",
            UUID.class,
            connections.stream().map(each -> each.watch().watcher().id()).toList())
        .bindArray(
            "sessions",
            UUID.class,
            connections.stream().map(each -> each.watch().watcher().session()).toArray())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .map(
            (row, context) ->
                Map.entry(Math.toIntExact(row.getLong("number")), WatcherRights.read(row)))
        .forEach(
            found -> {
              if (found.getValue().mayWatch()) {
                rights.put(connections.get(found.getKey() - 1), found.getValue());
              }
            });
    return rights;
  }
}
