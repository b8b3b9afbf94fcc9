package app.turnout.live.push;

import app.turnout.live.WatchedDate;
import app.turnout.platform.live.LiveUpdate;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;

/// Numbers the changes of each date, from 1 on, without a gap.
@Singleton
final class Sequences {
  private final Database database;

  Sequences(Database database) {
    this.database = database;
  }

  /// Gives changes their numbers, in the open transaction; those that have them keep them. Of each
  /// date the last fifty are known: more than its queue gives out before it has an answer.
  ///
  /// @return the last one's
  long number(WatchedDate date, LiveUpdate.Changes changes) {
    return database
        .handle()
        .createQuery(
            """
            with given as (
              select cast(:id as uuid) as id, cast(:count as bigint) as count)
            insert into live_sequences as s (
              occurrence_id, organization_id, sequence, changes, numbers)
            select :occurrence, :organization, g.count, array[g.id], array[g.count]
            from given g
            on conflict (occurrence_id) do update
            set sequence = case
                  when excluded.changes[1] = any(s.changes) then s.sequence
                  else s.sequence + excluded.sequence
                end,
                changes = case
                  when excluded.changes[1] = any(s.changes) then s.changes
                  else trim_array(
                    excluded.changes || s.changes, greatest(cardinality(s.changes) - 49, 0))
                end,
                numbers = case
                  when excluded.changes[1] = any(s.changes) then s.numbers
                  else trim_array(
                    (s.sequence + excluded.sequence) || s.numbers,
                    greatest(cardinality(s.numbers) - 49, 0))
                end
            returning s.numbers[array_position(s.changes, cast(:id as uuid))] as number
            """)
        .bind("occurrence", date.occurrence().value())
        .bind("organization", date.organization().value())
        .bind("id", changes.id())
        .bind("count", changes.changes().size())
        .mapTo(Long.class)
        .one();
  }
}
