package app.turnout.locations.writer;

import app.turnout.domain.ParticipantId;
import app.turnout.locations.Ping;
import app.turnout.locations.PingMessage;
import app.turnout.locations.presence.CheckInOnArrival;
import app.turnout.locations.presence.Visits;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stores messages in one transaction: pings, latest positions, arrivals, and the check-ins that
/// follow. Whatever happens before its commit leaves nothing, whatever is written again after it
/// changes nothing.
@Singleton
final class WritePings {
  private static final Logger LOG = LoggerFactory.getLogger(WritePings.class);
  private static final int ATTEMPTS = 3;

  /// Serialization failure, deadlock: the same transaction may do better.
  private static final Set<String> CONTENTION_STATES = Set.of("40001", "40P01");

  private final Database database;
  private final PingStore store;
  private final Visits visits;
  private final CheckInOnArrival arrivals;

  WritePings(Database database, PingStore store, Visits visits, CheckInOnArrival arrivals) {
    this.database = database;
    this.store = store;
    this.visits = visits;
    this.arrivals = arrivals;
  }

  /// What became of messages.
  ///
  /// @param failed the ids of those that cannot be stored, now or later
  /// @param newest the latest positions, of those that were not told of yet
  /// @param pings how many the messages had that were stored
  record Written(List<String> failed, List<NewestPosition> newest, int pings) {
    Written {
      failed = List.copyOf(failed);
      newest = List.copyOf(newest);
    }
  }

  /// Stores what can be stored; what was still under way when its participant was removed is let
  /// go. Throws when the database cannot be asked; then none was.
  ///
  /// @param messages by their id in the queue
  Written write(Map<String, PingMessage> messages) {
    try {
      return writeTogether(messages);
    } catch (RuntimeException e) {
      if (messages.size() == 1 || !isOfTheData(e)) {
        throw e;
      }
      LOG.warn(
          "A batch of {} messages is written one by one: SQLSTATE {}",
          messages.size(),
          sqlState(e));
      return writeOneByOne(messages);
    }
  }

  private Written writeOneByOne(Map<String, PingMessage> messages) {
    List<String> failed = new ArrayList<>();
    List<NewestPosition> newest = new ArrayList<>();
    int[] pings = {0};
    messages.forEach(
        (id, message) -> {
          try {
            Written written = writeTogether(Map.of(id, message));
            failed.addAll(written.failed());
            newest.addAll(written.newest());
            pings[0] += written.pings();
          } catch (RuntimeException e) {
            // PostgreSQL's own words quote positions.
            LOG.error("Message {} was not stored: SQLSTATE {}", id, sqlState(e));
            failed.add(id);
          }
        });
    return new Written(failed, newest, pings[0]);
  }

  private Written writeTogether(Map<String, PingMessage> messages) {
    return retried(
        () ->
            database.inTransaction(
                () -> {
                  List<String> ids = List.copyOf(messages.keySet());
                  List<PingMessage> given = ids.stream().map(messages::get).toList();
                  Map<Integer, Boolean> found = store.found(given);
                  int removed = given.size() - found.size();
                  if (removed > 0) {
                    LOG.info("Messages of participants who were removed: {}", removed);
                  }
                  List<PingMessage> stored = new ArrayList<>();
                  List<String> failed = new ArrayList<>();
                  for (int i = 0; i < given.size(); i++) {
                    Boolean fits = found.get(i);
                    if (Boolean.TRUE.equals(fits)) {
                      stored.add(given.get(i));
                    } else if (fits != null) {
                      LOG.error("Message {} is of another date than its participant", ids.get(i));
                      failed.add(ids.get(i));
                    }
                  }
                  return new Written(
                      failed,
                      stored.isEmpty() ? List.of() : store(stored),
                      stored.stream().mapToInt(message -> message.pings().size()).sum());
                }));
  }

  /// What another writer stored of the same people is seen by the second statement: both lock their
  /// latest positions.
  ///
  /// @return the latest positions that are among these pings
  private List<NewestPosition> store(List<PingMessage> messages) {
    PingStore.Stored stored = store.write(messages);
    if (!stored.sightings().isEmpty()) {
      arrivals.checkIn(visits.mark(stored.sightings()));
    }
    List<NewestPosition> newest = new ArrayList<>(stored.newest());
    Map<ParticipantId, Instant> others = lastPings(messages);
    newest.forEach(each -> others.remove(each.position().participant()));
    if (!others.isEmpty()) {
      // Stored before, perhaps by a writer that ended before it told.
      store.latest(others.keySet()).stream()
          .filter(
              each ->
                  each.position().recordedAt().equals(others.get(each.position().participant())))
          .forEach(newest::add);
    }
    return newest;
  }

  private static Map<ParticipantId, Instant> lastPings(List<PingMessage> messages) {
    Map<ParticipantId, Instant> last = new HashMap<>();
    for (PingMessage message : messages) {
      for (Ping ping : message.pings()) {
        last.merge(
            message.participant(),
            ping.recordedAt(),
            (one, other) -> one.isAfter(other) ? one : other);
      }
    }
    return last;
  }

  private static <T> T retried(Supplier<T> transaction) {
    for (int attempt = 1; ; attempt++) {
      try {
        return transaction.get();
      } catch (RuntimeException e) {
        if (attempt == ATTEMPTS || !CONTENTION_STATES.contains(sqlState(e))) {
          throw e;
        }
      }
    }
  }

  /// SQLSTATE classes 22 (data exception) and 23 (integrity constraint violation).
  private static boolean isOfTheData(Throwable failure) {
    String state = sqlState(failure);
    return state.startsWith("22") || state.startsWith("23");
  }

  private static String sqlState(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
    }
    return "";
  }
}
