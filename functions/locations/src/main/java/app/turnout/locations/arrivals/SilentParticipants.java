package app.turnout.locations.arrivals;

import app.turnout.domain.ParticipantId;
import app.turnout.locations.presence.Presence;
import app.turnout.locations.presence.Sighting;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Participants, of whatever tenant, whose last ping was within the radius some time ago.
@Singleton
final class SilentParticipants {
  /// A day back, for runs that were missed.
  private static final String SILENT =
      """
      with silent as materialized (
        select l.participant_id, l.occurrence_id, l.recorded_at, l.latitude, l.longitude,
               l.accuracy_metres
        from latest_positions l
        where l.received_at <= :silentSince
          and l.received_at > cast(:silentSince as timestamptz) - interval '1 day'
          and (cast(:after as uuid) is null or l.participant_id > cast(:after as uuid))
          and not exists (select from arrivals a where a.participant_id = l.participant_id)),
      places as materialized (
        select o.id, d.latitude, d.longitude, e.arrival_radius_metres as radius
        from occurrences o
        join occurrence_details d on d.id = o.id
        join events e on e.id = o.event_id
        where o.id = any (array(select distinct occurrence_id from silent))
          and o.status <> 'cancelled'
          and d.latitude is not null),
      inside as (
        select s.participant_id, s.recorded_at
        from silent s
        join places p on p.id = s.occurrence_id
        where (s.accuracy_metres is null
               or s.accuracy_metres <= greatest(p.radius, :accuracyMetres))
          and abs(s.latitude - p.latitude) <= p.radius / 110000.0
          and metres_between(s.latitude, s.longitude, p.latitude, p.longitude) <= p.radius)
      select i.participant_id, i.recorded_at
      from inside i
      join consents c on c.participant_id = i.participant_id
      where c.granted
      order by i.participant_id
      limit :limit
      for share of c
      """;

  private final Database database;

  SilentParticipants(Database database) {
    this.database = database;
  }

  /// In the order of their ids, their consents locked as by whoever stores positions.
  ///
  /// @param silentSince nothing was taken of them after it
  /// @param after the last one before; null for the first
  List<Sighting> lock(Instant silentSince, @Nullable UUID after, int limit) {
    return database
        .handle()
        .createQuery(SILENT)
        .bind("silentSince", silentSince.atOffset(ZoneOffset.UTC))
        .bind("accuracyMetres", Presence.ACCURACY_METRES)
        .bind("after", after)
        .bind("limit", limit)
        .map(
            (row, context) ->
                new Sighting(
                    new ParticipantId(row.getObject("participant_id", UUID.class)),
                    row.getObject("recorded_at", OffsetDateTime.class).toInstant()))
        .list();
  }
}
