package app.turnout.live.push;

import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.live.Connection;
import app.turnout.live.Dates;
import app.turnout.live.ShownParticipant;
import app.turnout.live.Sight;
import app.turnout.live.WatchedDate;
import app.turnout.live.WatcherRights;
import app.turnout.platform.live.LiveUpdate;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Finds what is to be told to whom. Who may still watch, what they may see, and who still lets
/// themselves be located is asked just before, for all at once.
@Singleton
final class PlanTelling {
  private final Database database;
  private final Dates dates;
  private final Sequences sequences;
  private final Rights rights;
  private final InstantSource time;

  PlanTelling(
      Database database, Dates dates, Sequences sequences, Rights rights, InstantSource time) {
    this.database = database;
    this.dates = dates;
    this.sequences = sequences;
    this.rights = rights;
    this.time = time;
  }

  /// A date whose changes have their numbers.
  ///
  /// @param last of each of the changes
  record Numbered(WatchedDate date, List<Long> last) {
    Numbered {
      last = List.copyOf(last);
    }
  }

  /// Gives changes their numbers, for good. Empty when the date is gone.
  Optional<Numbered> number(
      OrganizationId organization, OccurrenceId occurrence, List<LiveUpdate.Changes> changes) {
    return database.inTransaction(
        () ->
            dates
                .find(organization, occurrence, time.instant())
                .map(
                    date ->
                        new Numbered(
                            date,
                            changes.stream().map(each -> sequences.number(date, each)).toList())));
  }

  /// What is to be done.
  ///
  /// @param sights of those who may watch
  /// @param closing those who may not any more, or not after this
  record Plan(Telling telling, Map<Connection, Sight> sights, Set<Connection> closing) {
    Plan {
      sights = Map.copyOf(sights);
      closing = Set.copyOf(closing);
    }
  }

  Plan plan(Numbered numbered, List<Connection> connections, News news) {
    WatchedDate date = numbered.date();
    Instant now = time.instant();
    return database.inTransaction(
        () -> {
          Map<Connection, WatcherRights> allowed = rights.of(date, connections, now);
          Dates.Consents consents = dates.consents(date, concerned(news, allowed));
          Map<ParticipantId, ShownParticipant> changed =
              news.changed().isEmpty()
                  ? Map.of()
                  : dates.list(date, news.changed()).stream()
                      .collect(Collectors.toMap(ShownParticipant::id, Function.identity()));
          Map<Connection, Sight> sights = new HashMap<>();
          Set<Connection> closing = new HashSet<>(connections);
          closing.removeAll(allowed.keySet());
          allowed.forEach(
              (connection, right) -> {
                sights.put(connection, sight(right, date, consents));
                if (right instanceof WatcherRights.ByLink(ParticipantId own)
                    && news.left().contains(own)) {
                  closing.add(connection);
                }
              });
          return new Plan(
              new Telling(date, news, numbered.last(), changed, consents), sights, closing);
        });
  }

  private static List<ParticipantId> concerned(News news, Map<Connection, WatcherRights> allowed) {
    List<ParticipantId> concerned = new ArrayList<>(news.participants());
    for (WatcherRights right : allowed.values()) {
      if (right instanceof WatcherRights.ByLink(ParticipantId own)) {
        concerned.add(own);
      }
    }
    return concerned;
  }

  private static Sight sight(WatcherRights right, WatchedDate date, Dates.Consents consents) {
    return switch (right) {
      case WatcherRights.ByRole _, WatcherRights.ByKey _ -> new Sight.Everything();
      case WatcherRights.ByLink(ParticipantId own) ->
          date.isShared() && consents.shared().contains(own)
              ? new Sight.Shared(own)
              : new Sight.Own(own);
    };
  }
}
