package app.turnout.platform.erasure;

import app.turnout.domain.OrganizationId;
import app.turnout.platform.outbox.Outbox;
import app.turnout.platform.outbox.OutboxNudge;
import app.turnout.platform.persistence.Database;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How far the erasures of people are: one area after the other, each told by its queue. Whom they
/// are about is known until the last one is done. It needs the jobs' role.
@Singleton
@Requires(property = "turnout.queues.outbox")
public final class PersonErasureSteps {
  /// The kind of the message that tells an area to erase a person.
  public static final String STEP = "person_erasure_step";

  private final Database database;
  private final ErasureSteps steps;
  private final Outbox outbox;
  private final OutboxNudge nudge;

  PersonErasureSteps(Database database, ErasureSteps steps, Outbox outbox, OutboxNudge nudge) {
    this.database = database;
    this.steps = steps;
    this.outbox = outbox;
    this.nudge = nudge;
  }

  /// Whom an erasure is about; empty when it is completed.
  Optional<Person> findPerson(UUID erasure) {
    return database
        .handle()
        .createQuery("select email, phone from erasure_people where erasure_id = :erasure")
        .bind("erasure", erasure)
        .map((row, context) -> new Person(row.getString("email"), row.getString("phone")))
        .findOne();
  }

  /// Keeps that these rows were the person, for whoever has traces of them.
  public void remember(UUID erasure, OrganizationId organization, List<UUID> subjects) {
    database
        .handle()
        .createUpdate(
            """
            insert into erasure_subjects (erasure_id, organization_id, subject_id)
            select :erasure, :organization, s.id
            from unnest(:subjects) as s (id)
            on conflict do nothing
            """)
        .bind("erasure", erasure)
        .bind("organization", organization.value())
        .bindArray("subjects", UUID.class, subjects)
        .execute();
  }

  /// The rows that were the person, in the order of their ids.
  ///
  /// @param after the last one before; null for the first
  public List<UUID> subjects(UUID erasure, @Nullable UUID after, int limit) {
    return database
        .handle()
        .createQuery(
            """
            select subject_id
            from erasure_subjects
            where erasure_id = :erasure
              and (cast(:after as uuid) is null or subject_id > cast(:after as uuid))
            order by subject_id
            limit :limit
            """)
        .bind("erasure", erasure)
        .bind("after", after)
        .bind("limit", limit)
        .mapTo(UUID.class)
        .list();
  }

  /// Ends the locked step, and tells the area that comes next; after the last one, nobody is known
  /// any more.
  void complete(UUID erasure, OrganizationId organization, String area, Instant now) {
    steps.end(erasure, area, now);
    int next = ErasureOrder.AREAS_OF_PEOPLE.indexOf(area) + 1;
    if (next < ErasureOrder.AREAS_OF_PEOPLE.size()) {
      tell(erasure, organization, ErasureOrder.AREAS_OF_PEOPLE.get(next));
      return;
    }
    for (String forgotten : List.of("erasure_subjects", "erasure_people")) {
      database
          .handle()
          .createUpdate("delete from " + forgotten + " where erasure_id = :erasure")
          .bind("erasure", erasure)
          .execute();
    }
    database
        .handle()
        .createUpdate("update erasures set completed_at = :now where id = :erasure")
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("erasure", erasure)
        .execute();
  }

  /// Makes an area go on.
  void tell(UUID erasure, OrganizationId organization, String area) {
    PersonErasures.tell(outbox, erasure, organization, area);
    nudge.wakeRelay();
  }
}
