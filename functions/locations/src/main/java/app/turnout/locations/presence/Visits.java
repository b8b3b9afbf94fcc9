package app.turnout.locations.presence;

import app.turnout.domain.ParticipantId;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// Arrivals and departures, found in the stored pings by the rules of [Presence], so in whatever
/// order they were stored. They are marked in the open transaction, each arrival once.
@Singleton
public final class Visits {
  /// An hour back begins before the stay that a new ping may end: a longer one was marked already.
  private static final String MARK =
      """
      with candidates as (
        select s.participant_id, s.since, p.organization_id, p.occurrence_id, d.latitude,
               d.longitude, e.arrival_radius_metres as radius, e.check_in_on_arrival
        from unnest(:participants, cast(:since as timestamptz[])) as s (participant_id, since)
        join participants p on p.id = s.participant_id
        join occurrences o on o.id = p.occurrence_id
        join occurrence_details d on d.id = o.id
        join events e on e.id = o.event_id
        where d.latitude is not null),
      fixes as (
        select c.participant_id, g.recorded_at, c.radius,
               metres_between(g.latitude, g.longitude, c.latitude, c.longitude) as metres
        from candidates c
        cross join lateral (
          select recorded_at, latitude, longitude
          from pings
          where participant_id = c.participant_id
            and recorded_at >= c.since - interval '1 hour'
            and (accuracy_metres is null
                 or accuracy_metres <= greatest(c.radius, :accuracyMetres))
          offset 0) g),
      sides as (
        select participant_id, recorded_at, metres <= radius as inside,
               row_number() over (partition by participant_id order by recorded_at)
                 - row_number() over (
                     partition by participant_id, metres <= radius order by recorded_at) as stay
        from fixes
        where metres <= radius
           or metres > greatest(radius * :awayFactor, radius + :awayMetres)),
      stays as (
        select participant_id, inside, min(recorded_at) as begun, max(recorded_at) as ended,
               max(recorded_at) = max(max(recorded_at)) over (partition by participant_id)
                 as is_last
        from sides
        group by participant_id, inside, stay),
      arrived as (
        insert into arrivals (
          participant_id, organization_id, occurrence_id, arrived_at, left_at)
        select distinct on (c.participant_id)
               c.participant_id, c.organization_id, c.occurrence_id, s.begun,
               (select l.begun
                from stays l
                where l.participant_id = s.participant_id
                  and l.is_last
                  and not l.inside
                  and l.ended - l.begun >= cast(:dwell as interval))
        from stays s
        join candidates c using (participant_id)
        where s.inside
          and (s.ended - s.begun >= cast(:dwell as interval) or (s.is_last and :isSilent))
        order by c.participant_id, s.begun
        on conflict (participant_id) do nothing
        returning participant_id, arrived_at),
      moved as (
        update arrivals a
        set left_at = case when not s.inside then s.begun end
        from stays s
        where s.participant_id = a.participant_id
          and s.is_last
          and s.ended > a.arrived_at
          and case
                when s.inside then a.left_at is not null
                else a.left_at is null and s.ended - s.begun >= cast(:dwell as interval)
              end)
      select a.participant_id, a.arrived_at, c.check_in_on_arrival
      from arrived a
      join candidates c using (participant_id)
      """;

  private final Database database;

  Visits(Database database) {
    this.database = database;
  }

  /// Marks who of them arrived or left.
  ///
  /// @return who arrived
  public List<Arrival> mark(Collection<Sighting> sightings) {
    return mark(sightings, false);
  }

  /// Marks those who were inside last and are silent since: they stayed.
  ///
  /// @return who arrived
  public List<Arrival> markSilent(Collection<Sighting> sightings) {
    return mark(sightings, true);
  }

  private List<Arrival> mark(Collection<Sighting> sightings, boolean isSilent) {
    return database
        .handle()
        .createQuery(MARK)
        .bindArray(
            "participants",
            UUID.class,
            sightings.stream().map(sighting -> sighting.participant().value()).toList())
        .bindArray(
            "since",
            String.class,
            sightings.stream().map(sighting -> sighting.since().toString()).toList())
        .bind("accuracyMetres", Presence.ACCURACY_METRES)
        .bind("awayFactor", Presence.AWAY_FACTOR)
        .bind("awayMetres", Presence.AWAY_METRES)
        .bind("dwell", Presence.DWELL.toString())
        .bind("isSilent", isSilent)
        .map(
            (row, context) ->
                new Arrival(
                    new ParticipantId(row.getObject("participant_id", UUID.class)),
                    row.getObject("arrived_at", OffsetDateTime.class).toInstant(),
                    row.getBoolean("check_in_on_arrival")))
        .list();
  }
}
