package app.turnout.locations.reactions;

import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// All that is kept of where participants were, in the open transaction.
@Singleton
final class Whereabouts {
  private final Database database;

  Whereabouts(Database database) {
    this.database = database;
  }

  /// Erases everything of them.
  ///
  /// @return how many rows went, by table
  Map<String, Long> erase(List<UUID> participants) {
    return erase(participants, null);
  }

  /// Erases what was taken before a time; null for everything. Arrival times that rest on positions
  /// go with them.
  ///
  /// @return how many rows went, by table
  Map<String, Long> erase(List<UUID> participants, @Nullable Instant takenBefore) {
    Map<String, Long> rows = new HashMap<>();
    rows.put("etas", countEtas(participants, takenBefore));
    rows.put(
        "latest_positions",
        delete(
            """
            delete from latest_positions
            where participant_id = any(:ids)
              and (cast(:before as timestamptz) is null or received_at < :before)
            """,
            participants,
            takenBefore));
    rows.put(
        "arrivals",
        delete(
            """
            delete from arrivals
            where participant_id = any(:ids)
              and (cast(:before as timestamptz) is null or arrived_at < :before)
            """,
            participants,
            takenBefore));
    rows.putAll(erasePings(participants, takenBefore));
    return rows;
  }

  private Map<String, Long> erasePings(List<UUID> participants, @Nullable Instant takenBefore) {
    return database
        .handle()
        .createQuery(
            "select pings, ping_hours from erase_pings(:ids, cast(:before as timestamptz[]))")
        .bindArray("ids", UUID.class, participants)
        .bindArray(
            "before",
            String.class,
            Collections.nCopies(
                participants.size(), takenBefore == null ? null : takenBefore.toString()))
        .map(
            (row, context) ->
                Map.of("pings", row.getLong("pings"), "ping_hours", row.getLong("ping_hours")))
        .one();
  }

  /// They go with the latest positions.
  private long countEtas(List<UUID> participants, @Nullable Instant takenBefore) {
    return database
        .handle()
        .createQuery(
            """
            select count(*)
            from etas
            join latest_positions l using (participant_id)
            where l.participant_id = any(:ids)
              and (cast(:before as timestamptz) is null or l.received_at < :before)
            """)
        .bindArray("ids", UUID.class, participants)
        .bind("before", takenBefore == null ? null : takenBefore.atOffset(ZoneOffset.UTC))
        .mapTo(Long.class)
        .one();
  }

  private long delete(String statement, List<UUID> participants, @Nullable Instant takenBefore) {
    return database
        .handle()
        .createUpdate(statement)
        .bindArray("ids", UUID.class, participants)
        .bind("before", takenBefore == null ? null : takenBefore.atOffset(ZoneOffset.UTC))
        .execute();
  }
}
