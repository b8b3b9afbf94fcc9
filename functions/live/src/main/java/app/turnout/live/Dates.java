package app.turnout.live;

import app.turnout.domain.EventId;
import app.turnout.domain.GeoPoint;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.platform.live.LivePosition;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Dates and their participants. Every statement names the organization: those who tell watchers
/// are bound to none.
@Singleton
public class Dates {
  private static final String DATE =
      """
      select o.organization_id, o.event_id, o.id, d.title, o.starts_at, o.ends_at, o.time_zone,
             d.latitude, d.longitude, e.arrival_radius_metres,
             e.positions_visible_to = 'participants' as is_shared,
             coalesce(s.sequence, 0) as sequence,
             case
               when 'cancelled' in (o.status, e.status) then 'cancelled'
               when 'completed' in (o.status, e.status) or o.ends_at <= :now then 'completed'
               when e.status = 'draft' then 'draft'
               when o.starts_at <= :now then 'active'
               else 'scheduled'
             end as date_status
      from occurrences o
      join occurrence_details d on d.id = o.id
      join events e on e.id = o.event_id
      left join live_sequences s on s.occurrence_id = o.id
      """;

  /// A position is shown as long as its owner lets it be taken.
  private static final String PARTICIPANT =
      """
      select p.id, p.name, p.status, p.travel_mode, coalesce(c.granted, false) as consented,
             coalesce(c.granted and c.positions_visible_to = 'participants', false) as is_shared,
             l.recorded_at, l.latitude, l.longitude, l.accuracy_metres, l.heading_degrees,
             l.speed_metres_per_second, a.arrived_at, f.state, f.strategy, f.moving,
             f.route_metres, f.off_road_metres,
             f.recorded_at + f.remaining_millis * interval '1 millisecond' as eta
      from participants p
      left join consents c on c.participant_id = p.id
      left join latest_positions l on l.participant_id = p.id and c.granted
      left join arrivals a on a.participant_id = p.id
      left join etas f on f.participant_id = l.participant_id
      where p.occurrence_id = :occurrence
        and p.organization_id = :organization
      """;

  private final Database database;

  Dates(Database database) {
    this.database = database;
  }

  /// A date of the tenant that the transaction has entered.
  ///
  /// @param chosen null for the current date, else the next, else the last
  public Optional<WatchedDate> find(EventId event, @Nullable OccurrenceId chosen, Instant now) {
    return database
        .handle()
        .createQuery(
            DATE
                + """
                where e.id = :event
                  and o.id = coalesce(cast(:chosen as uuid), meant_occurrence(e.id, :now))
                """)
        .bind("event", event.value())
        .bind("chosen", chosen == null ? null : chosen.value())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .map((row, context) -> date(row))
        .findOne();
  }

  /// A date of an organization.
  public Optional<WatchedDate> find(
      OrganizationId organization, OccurrenceId occurrence, Instant now) {
    return database
        .handle()
        .createQuery(
            DATE
                + """
                where o.id = :occurrence
                  and o.organization_id = :organization
                """)
        .bind("occurrence", occurrence.value())
        .bind("organization", organization.value())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .map((row, context) -> date(row))
        .findOne();
  }

  /// In the order in which they were added.
  ///
  /// @param after the last one of the part before; null for the first part
  public List<ShownParticipant> list(WatchedDate date, @Nullable UUID after, int limit) {
    return of(
            date,
            PARTICIPANT
                + """
                  and (cast(:after as uuid) is null or p.id > cast(:after as uuid))
                order by p.id
                limit :limit
                """)
        .bind("after", after)
        .bind("limit", limit)
        .map((row, context) -> participant(row))
        .list();
  }

  /// Those of these who are there, in no order.
  public List<ShownParticipant> list(WatchedDate date, Collection<ParticipantId> participants) {
    return of(date, PARTICIPANT + "  and p.id = any(:participants)")
        .bindArray(
            "participants", UUID.class, participants.stream().map(ParticipantId::value).toList())
        .map((row, context) -> participant(row))
        .list();
  }

  /// What those of these participants agree to who let themselves be located.
  ///
  /// @param granted all of them
  /// @param shared those who agreed to be seen by other participants
  public record Consents(Set<ParticipantId> granted, Set<ParticipantId> shared) {
    public Consents {
      granted = Set.copyOf(granted);
      shared = Set.copyOf(shared);
    }
  }

  /// What these participants agree to now.
  public Consents consents(WatchedDate date, Collection<ParticipantId> participants) {
    Set<ParticipantId> granted = new HashSet<>();
    Set<ParticipantId> shared = new HashSet<>();
    of(
            date,
            """
            select p.id, c.positions_visible_to = 'participants' as is_shared
            from participants p
            join consents c on c.participant_id = p.id
            where p.occurrence_id = :occurrence
              and p.organization_id = :organization
              and p.id = any(:participants)
              and c.granted
            """)
        .bindArray(
            "participants", UUID.class, participants.stream().map(ParticipantId::value).toList())
        .map(
            (row, context) -> {
              ParticipantId id = new ParticipantId(row.getObject("id", UUID.class));
              if (row.getBoolean("is_shared")) {
                shared.add(id);
              }
              return id;
            })
        .forEach(granted::add);
    return new Consents(granted, shared);
  }

  private Query of(WatchedDate date, String sql) {
    return database
        .handle()
        .createQuery(sql)
        .bind("occurrence", date.occurrence().value())
        .bind("organization", date.organization().value());
  }

  private static WatchedDate date(ResultSet row) throws SQLException {
    Double latitude = row.getObject("latitude", Double.class);
    Double longitude = row.getObject("longitude", Double.class);
    return new WatchedDate(
        new OrganizationId(row.getObject("organization_id", UUID.class)),
        new EventId(row.getObject("event_id", UUID.class)),
        new OccurrenceId(row.getObject("id", UUID.class)),
        row.getString("title"),
        row.getString("date_status"),
        instant(row, "starts_at"),
        instant(row, "ends_at"),
        ZoneId.of(row.getString("time_zone")),
        latitude == null || longitude == null ? null : new GeoPoint(latitude, longitude),
        row.getDouble("arrival_radius_metres"),
        row.getBoolean("is_shared"),
        row.getLong("sequence"));
  }

  private static ShownParticipant participant(ResultSet row) throws SQLException {
    ParticipantId id = new ParticipantId(row.getObject("id", UUID.class));
    String state = row.getString("state");
    return new ShownParticipant(
        id,
        row.getString("name"),
        row.getString("status"),
        row.getBoolean("consented"),
        row.getBoolean("is_shared"),
        row.getString("travel_mode"),
        row.getObject("recorded_at") == null
            ? null
            : new LivePosition(
                id,
                new GeoPoint(row.getDouble("latitude"), row.getDouble("longitude")),
                row.getObject("accuracy_metres", Double.class),
                row.getObject("heading_degrees", Double.class),
                row.getObject("speed_metres_per_second", Double.class),
                instant(row, "recorded_at")),
        row.getObject("arrived_at") == null ? null : instant(row, "arrived_at"),
        state == null
            ? null
            : new ShownParticipant.Forecast(
                state,
                row.getString("strategy"),
                instant(row, "eta"),
                metres(row, "route_metres"),
                metres(row, "off_road_metres"),
                row.getBoolean("moving")));
  }

  private static @Nullable Long metres(ResultSet row, String column) throws SQLException {
    Double metres = row.getObject(column, Double.class);
    return metres == null ? null : Math.round(metres);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
