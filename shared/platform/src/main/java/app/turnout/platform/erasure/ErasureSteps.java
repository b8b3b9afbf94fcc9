package app.turnout.platform.erasure;

import app.turnout.domain.UserId;
import app.turnout.platform.outbox.Outbox;
import app.turnout.platform.outbox.OutboxNudge;
import app.turnout.platform.persistence.Database;
import io.micronaut.context.annotation.Requires;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How far erasures are: begun when they are due, then one area after the other, each told by its
/// queue. It needs the jobs' role.
@Singleton
@Requires(property = "turnout.queues.outbox")
public final class ErasureSteps {
  /// The kind of the message that tells an area to erase.
  public static final String STEP = "erasure_step";

  private final Database database;
  private final Outbox outbox;
  private final OutboxNudge nudge;
  private final JsonMapper json;

  ErasureSteps(Database database, Outbox outbox, OutboxNudge nudge, JsonMapper json) {
    this.database = database;
    this.outbox = outbox;
    this.nudge = nudge;
    this.json = json;
  }

  /// Begins what is due, each once however often this is called; answers how many began.
  public int beginDue(Instant now) {
    return database.inTransaction(
        () -> {
          List<Begun> begun =
              database
                  .handle()
                  .createQuery(
                      """
                      update erasures
                      set began_at = :now
                      where due_at <= :now
                        and cancelled_at is null
                        and began_at is null
                      returning id, subject_id
                      """)
                  .bind("now", now.atOffset(ZoneOffset.UTC))
                  .map(
                      (row, context) ->
                          new Begun(
                              row.getObject("id", UUID.class),
                              row.getObject("subject_id", UUID.class)))
                  .list();
          begun.forEach(
              erasure -> tell(erasure.id(), erasure.organization(), ErasureOrder.AREAS.getFirst()));
          return begun.size();
        });
  }

  private record Begun(UUID id, UUID organization) {}

  /// Where an area stands with an erasure.
  ///
  /// @param doneUntil where its next batch goes on
  public record Standing(boolean isCompleted, @Nullable UUID doneUntil) {}

  /// Locks the area's step, which is made when it is the first time: of two that erase at once, one
  /// goes on where the other ended. Empty when no such erasure has begun.
  Optional<Standing> lock(UUID erasure, String area) {
    database
        .handle()
        .createUpdate(
            """
            insert into erasure_steps (erasure_id, area, erased_rows)
            select id, :area, '{}'
            from erasures
            where id = :erasure
              and began_at is not null
            on conflict (erasure_id, area) do nothing
            """)
        .bind("erasure", erasure)
        .bind("area", area)
        .execute();
    return database
        .handle()
        .createQuery(
            """
            select completed_at is not null as is_completed, done_until
            from erasure_steps
            where erasure_id = :erasure
              and area = :area
            for update
            """)
        .bind("erasure", erasure)
        .bind("area", area)
        .map(
            (row, context) ->
                new Standing(
                    row.getBoolean("is_completed"), row.getObject("done_until", UUID.class)))
        .findOne();
  }

  /// Adds a batch to what the locked step has erased.
  void add(UUID erasure, String area, AreaEraser.Batch batch) {
    database
        .handle()
        .createUpdate(
            """
            update erasure_steps s
            set done_until = cast(:next as uuid),
                erased_rows = (
                  select coalesce(jsonb_object_agg(name, total), '{}')
                  from (
                    select key as name, sum(cast(value as bigint)) as total
                    from (
                      select key, value from jsonb_each_text(s.erased_rows)
                      union all
                      select key, value from jsonb_each_text(cast(:rows as jsonb))) as counted
                    group by key) as totals)
            where erasure_id = :erasure
              and area = :area
            """)
        .bind("next", batch.next())
        .bind("rows", write(batch.rows()))
        .bind("erasure", erasure)
        .bind("area", area)
        .execute();
  }

  /// Ends the locked step, and tells the area that comes next; after the last one, the erasure is
  /// complete, and who asked for it is told.
  void complete(UUID erasure, UUID organization, String area, Instant now) {
    end(erasure, area, now);
    ErasureOrder.after(area)
        .ifPresentOrElse(
            next -> tell(erasure, organization, next), () -> completeAll(erasure, now));
  }

  /// Ends the locked step.
  void end(UUID erasure, String area, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            update erasure_steps
            set completed_at = :now
            where erasure_id = :erasure
              and area = :area
            """)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("erasure", erasure)
        .bind("area", area)
        .execute();
  }

  private void completeAll(UUID erasure, Instant now) {
    UserId requestedBy =
        database
            .handle()
            .createQuery(
                """
                update erasures
                set completed_at = :now
                where id = :erasure
                returning requested_by
                """)
            .bind("now", now.atOffset(ZoneOffset.UTC))
            .bind("erasure", erasure)
            .mapTo(UUID.class)
            .map(UserId::new)
            .one();
    outbox.write(
        null,
        "organization_erased",
        "user:" + requestedBy,
        Map.of("erasure_id", erasure, "user_id", requestedBy.value()));
    nudge.wakeRelay();
  }

  /// Writes the message that makes the area go on.
  void tell(UUID erasure, UUID organization, String area) {
    outbox.write(
        null,
        STEP,
        "erasure:" + erasure,
        Map.of(
            "erasure_id", erasure.toString(),
            "organization_id", organization.toString(),
            "area", area));
    nudge.wakeRelay();
  }

  private String write(Map<String, Long> rows) {
    try {
      return json.writeValueAsString(rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
