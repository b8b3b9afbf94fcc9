package app.turnout.locations.pings;

import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/// Participants of the tenant that the transaction has entered, as far as tracking them goes.
@Singleton
final class TrackingRepository {
  private final Database database;

  TrackingRepository(Database database) {
    this.database = database;
  }

  Optional<Tracking> find(ParticipantId participant) {
    return database
        .handle()
        .createQuery(
            """
            select p.organization_id, p.occurrence_id,
                   coalesce(c.granted, false) as consented,
                   case when c.withdrawn_at is not null then c.changed_at end as consented_again_at,
                   e.status in ('scheduled', 'active', 'completed')
                     and o.status <> 'cancelled' as takes_place,
                   o.starts_at, o.ends_at, e.tracking_opens_minutes_before,
                   case when p.status = 'checked_in' then p.checked_in_at end as checked_in_at
            from participants p
            join occurrences o on o.id = p.occurrence_id
            join events e on e.id = o.event_id
            left join consents c on c.participant_id = p.id
            where p.id = :participant
            """)
        .bind("participant", participant.value())
        .map(
            (row, context) -> {
              OffsetDateTime again = row.getObject("consented_again_at", OffsetDateTime.class);
              OffsetDateTime checkedInAt = row.getObject("checked_in_at", OffsetDateTime.class);
              return new Tracking(
                  new OrganizationId(row.getObject("organization_id", UUID.class)),
                  new OccurrenceId(row.getObject("occurrence_id", UUID.class)),
                  participant,
                  row.getBoolean("consented"),
                  again == null ? null : again.toInstant(),
                  row.getBoolean("takes_place"),
                  row.getObject("starts_at", OffsetDateTime.class).toInstant(),
                  row.getObject("ends_at", OffsetDateTime.class).toInstant(),
                  Duration.ofMinutes(row.getLong("tracking_opens_minutes_before")),
                  checkedInAt == null ? null : checkedInAt.toInstant());
            })
        .findOne();
  }
}
