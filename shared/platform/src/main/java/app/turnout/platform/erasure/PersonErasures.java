package app.turnout.platform.erasure;

import app.turnout.domain.OrganizationId;
import app.turnout.platform.outbox.Outbox;
import app.turnout.platform.outbox.OutboxNudge;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.tokens.Ids;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;

/// Asks for people to be erased in the organization that was entered.
@Singleton
@Requires(property = "turnout.queues.outbox")
public final class PersonErasures {
  private final Database database;
  private final Outbox outbox;
  private final OutboxNudge nudge;
  private final Ids ids;

  PersonErasures(Database database, Outbox outbox, OutboxNudge nudge, Ids ids) {
    this.database = database;
    this.outbox = outbox;
    this.nudge = nudge;
    this.ids = ids;
  }

  /// Begins it; there is no way back.
  ///
  /// @param by the account or API key that asks
  /// @return its id, which the receipt will have
  public UUID request(OrganizationId organization, UUID by, Person person, Instant now) {
    UUID id = ids.next();
    database
        .handle()
        .createUpdate(
            """
            insert into erasures (
              id, subject_kind, subject_id, organization_id, requested_by, requested_at, due_at,
              began_at)
            values (:id, 'person', :id, :organization, :by, :now, :now, :now)
            """)
        .bind("id", id)
        .bind("organization", organization.value())
        .bind("by", by)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .execute();
    database
        .handle()
        .createUpdate(
            """
            insert into erasure_people (erasure_id, organization_id, email, phone)
            values (:id, :organization, cast(:email as text), cast(:phone as text))
            """)
        .bind("id", id)
        .bind("organization", organization.value())
        .bind("email", person.email())
        .bind("phone", person.phone())
        .execute();
    tell(outbox, id, organization, ErasureOrder.AREAS_OF_PEOPLE.getFirst());
    nudge.wakeRelay();
    return id;
  }

  /// Writes the message that makes an area go on.
  static void tell(Outbox outbox, UUID erasure, OrganizationId organization, String area) {
    outbox.write(
        organization,
        PersonErasureSteps.STEP,
        "erasure:" + erasure,
        Map.of(
            "erasure_id", erasure.toString(),
            "organization_id", organization.toString(),
            "area", area));
  }
}
