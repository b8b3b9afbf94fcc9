package app.turnout.eta;

import app.turnout.domain.EventId;
import app.turnout.domain.GeoPoint;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.domain.TravelMode;
import app.turnout.platform.json.Texts;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Places, participants and their positions, of the tenant that the transaction has entered.
@Singleton
final class TravellerRepository {
  private static final String VENUE =
      """
      select e.id as event_id,
             o.id as occurrence_id,
             o.starts_at,
             d.latitude,
             d.longitude,
             e.arrival_radius_metres
      from events e
      join occurrences o on o.event_id = e.id
      join occurrence_details d on d.id = o.id
      """;

  private static final String TRAVELLER =
      """
      select p.id, p.name, p.travel_mode, p.status <> 'denied' as expected,
             l.recorded_at, l.latitude, l.longitude, l.accuracy_metres,
             case
               when r.left_at is null and r.arrived_at is not null then r.arrived_at
               when p.status = 'checked_in' then coalesce(r.arrived_at, p.checked_in_at)
             end as arrived_at,
             k.recorded_at as based_on, k.strategy, k.remaining_millis, k.route_metres,
             k.off_road_metres, k.moving, k.state, k.told_state
      from participants p
      left join latest_positions l on l.participant_id = p.id
      left join arrivals r on r.participant_id = p.id
      left join etas k on k.participant_id = p.id
      """;

  private final Database database;

  TravellerRepository(Database database) {
    this.database = database;
  }

  /// @param chosen null for the current date, else the next, else the last
  Optional<Venue> findVenue(EventId event, @Nullable OccurrenceId chosen, Instant now) {
    return database
        .handle()
        .createQuery(
            VENUE
                + """
                where e.id = :event
                  and o.id = coalesce(cast(:chosen as uuid), meant_occurrence(e.id, :now))
                """)
        .bind("event", event.value())
        .bind("chosen", chosen == null ? null : chosen.value())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .map((row, context) -> venue(row))
        .findOne();
  }

  /// Where a participant is expected.
  Optional<Venue> findVenue(ParticipantId participant) {
    return database
        .handle()
        .createQuery(
            VENUE
                + """
                join participants p on p.occurrence_id = o.id
                where p.id = :participant
                """)
        .bind("participant", participant.value())
        .map((row, context) -> venue(row))
        .findOne();
  }

  /// A date of an organization, for jobs: no policy keeps them to one.
  Optional<Venue> findVenue(OrganizationId organization, OccurrenceId occurrence) {
    return database
        .handle()
        .createQuery(
            VENUE
                + """
                where o.id = :occurrence
                  and o.organization_id = :organization
                """)
        .bind("occurrence", occurrence.value())
        .bind("organization", organization.value())
        .map((row, context) -> venue(row))
        .findOne();
  }

  Optional<Traveller> find(ParticipantId participant) {
    return database
        .handle()
        .createQuery(TRAVELLER + "where p.id = :participant")
        .bind("participant", participant.value())
        .map((row, context) -> traveller(row))
        .findOne();
  }

  /// In the order in which they were added.
  ///
  /// @param after the last one of the page before; null for the first page
  List<Traveller> list(OccurrenceId occurrence, @Nullable UUID after, int limit) {
    return database
        .handle()
        .createQuery(
            TRAVELLER
                + """
                where p.occurrence_id = :occurrence
                  and (cast(:after as uuid) is null or p.id > :after)
                order by p.id
                limit :limit
                """)
        .bind("occurrence", occurrence.value())
        .bind("after", after)
        .bind("limit", limit)
        .map((row, context) -> traveller(row))
        .list();
  }

  private static Venue venue(ResultSet row) throws SQLException {
    Double latitude = row.getObject("latitude", Double.class);
    Double longitude = row.getObject("longitude", Double.class);
    return new Venue(
        new EventId(row.getObject("event_id", UUID.class)),
        new OccurrenceId(row.getObject("occurrence_id", UUID.class)),
        row.getObject("starts_at", OffsetDateTime.class).toInstant(),
        latitude == null || longitude == null
            ? null
            : new Place(new GeoPoint(latitude, longitude), row.getDouble("arrival_radius_metres")));
  }

  private static Traveller traveller(ResultSet row) throws SQLException {
    OffsetDateTime arrivedAt = row.getObject("arrived_at", OffsetDateTime.class);
    return new Traveller(
        new ParticipantId(row.getObject("id", UUID.class)),
        row.getString("name"),
        Texts.constant(TravelMode.class, row.getString("travel_mode")),
        row.getBoolean("expected"),
        row.getObject("recorded_at") == null ? null : ping(row),
        arrivedAt == null ? null : arrivedAt.toInstant(),
        row.getObject("based_on") == null ? null : kept(row));
  }

  private static Traveller.Kept kept(ResultSet row) throws SQLException {
    String toldState = row.getString("told_state");
    return new Traveller.Kept(
        row.getObject("based_on", OffsetDateTime.class).toInstant(),
        Texts.constant(Strategy.class, row.getString("strategy")),
        Duration.ofMillis(row.getLong("remaining_millis")),
        row.getObject("route_metres", Double.class),
        row.getObject("off_road_metres", Double.class),
        row.getBoolean("moving"),
        Texts.constant(ArrivalState.class, row.getString("state")),
        toldState == null ? null : Texts.constant(ArrivalState.class, toldState));
  }

  private static Ping ping(ResultSet row) throws SQLException {
    return new Ping(
        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
        new GeoPoint(row.getDouble("latitude"), row.getDouble("longitude")),
        row.getDouble("accuracy_metres"));
  }
}
