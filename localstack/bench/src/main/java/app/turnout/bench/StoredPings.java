package app.turnout.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/// Looks into the table of pings.
final class StoredPings implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long PAUSE_MILLIS = 5;

  /// Cheap enough to be asked often, but a newest ping may overtake others.
  private static final String NEWEST =
      "select count(*) from latest_positions where participant_id = any (?) and recorded_at >= ?";

  private static final String ALL =
      "select count(*) from pings where participant_id = any (?) and recorded_at >= ?";

  private final Connection connection;

  StoredPings(DataSource superuser) throws SQLException {
    this.connection = superuser.getConnection();
  }

  /// Waits until every ping of the newest round is stored.
  ///
  /// @return how many they are
  long awaitAll(List<Call> round) throws SQLException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    long expected = expected(round);
    while (count(NEWEST, round, round.getLast().last()) < participants(round).length
        || count(ALL, round, round.getFirst().from()) < expected) {
      if (System.nanoTime() > end) {
        return requireAll(round);
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    return expected;
  }

  /// Makes sure that every ping of the newest round is stored.
  ///
  /// @return how many they are
  long requireAll(List<Call> round) throws SQLException {
    long count = count(ALL, round, round.getFirst().from());
    if (count != expected(round)) {
      throw new IllegalStateException(count + " of " + expected(round) + " pings are stored");
    }
    return count;
  }

  private long count(String query, List<Call> round, Instant from) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setArray(1, connection.createArrayOf("uuid", participants(round)));
      statement.setObject(2, from.atOffset(ZoneOffset.UTC));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static UUID[] participants(List<Call> round) {
    return round.stream().map(call -> call.participant().id()).distinct().toArray(UUID[]::new);
  }

  private static long expected(List<Call> round) {
    return round.stream().mapToLong(Call::count).sum();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
