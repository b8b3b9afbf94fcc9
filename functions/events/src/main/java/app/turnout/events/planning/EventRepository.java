package app.turnout.events.planning;

import app.turnout.domain.AreaId;
import app.turnout.domain.EventId;
import app.turnout.domain.GeoPoint;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.TimeWindow;
import app.turnout.domain.UserId;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Events of the tenant that the transaction has entered, each with the date that is meant now.
@Singleton
final class EventRepository {
  private static final String EVENT =
      """
      select e.*,
             coalesce(e.latitude, a.latitude) as place_latitude,
             coalesce(e.longitude, a.longitude) as place_longitude,
             o.id as occurrence_id,
             o.local_start,
             o.local_end,
             o.time_zone as occurrence_time_zone,
             o.status as occurrence_status,
             o.capacity as occurrence_capacity
      from events e
      left join areas a on a.id = e.area_id
      join occurrences o on o.id = meant_occurrence(e.id, :now)
      """;

  private final Database database;

  EventRepository(Database database) {
    this.database = database;
  }

  void insert(Event event) {
    Occurrence occurrence = event.occurrence();
    TimeWindow window = occurrence.window();
    GeoPoint position = event.area() == null ? event.position() : null;
    database
        .handle()
        .createUpdate(
            """
            with planned as (
              insert into events (
                id, organization_id, title, description, category, type, status, visibility,
                area_id, latitude, longitude, arrival_radius_metres, time_zone, capacity,
                tracking_opens_minutes_before, check_in_on_arrival, created_by, created_at,
                updated_at, version)
              values (
                :id, :organization, :title, :description, :category, :type, :status, :visibility,
                :area, :latitude, :longitude, :arrivalRadius, :zone, :capacity,
                :trackingOpens, :checkInOnArrival, :createdBy, :now,
                :now, :version)
              returning id)
            insert into occurrences (
              id, organization_id, event_id, original_start, local_start, local_end, time_zone,
              starts_at, ends_at, status, capacity, created_at, updated_at, version)
            select
              :occurrence, :organization, planned.id, :localStart, :localStart, :localEnd, :zone,
              :startsAt, :endsAt, :occurrenceStatus, :occurrenceCapacity, :now, :now, :version
            from planned
            """)
        .bind("id", event.id().value())
        .bind("organization", event.organization().value())
        .bind("title", event.title())
        .bind("description", event.description())
        .bind("category", event.category())
        .bind("type", wire(event.type()))
        .bind("status", wire(event.status()))
        .bind("visibility", wire(event.visibility()))
        .bind("area", event.area() == null ? null : event.area().value())
        .bind("latitude", position == null ? null : (Double) position.latitude())
        .bind("longitude", position == null ? null : (Double) position.longitude())
        .bind("arrivalRadius", event.arrivalRadiusMetres())
        .bind("zone", event.zone().getId())
        .bind("capacity", event.capacity())
        .bind("trackingOpens", event.trackingOpensMinutesBefore())
        .bind("checkInOnArrival", event.checkInOnArrival())
        .bind("createdBy", event.createdBy() == null ? null : event.createdBy().value())
        .bind("now", event.createdAt().atOffset(ZoneOffset.UTC))
        .bind("version", event.version())
        .bind("occurrence", occurrence.id().value())
        .bind("localStart", occurrence.localStart())
        .bind("localEnd", occurrence.localEnd())
        .bind("startsAt", window.start().atOffset(ZoneOffset.UTC))
        .bind("endsAt", window.end().atOffset(ZoneOffset.UTC))
        .bind("occurrenceStatus", wire(occurrence.status()))
        .bind("occurrenceCapacity", occurrence.capacity())
        .execute();
  }

  Optional<Event> find(EventId id, Instant now) {
    return find(EVENT + "where e.id = :id", id, now);
  }

  /// As [#find], and no other transaction changes the event until this one ends.
  Optional<Event> findForUpdate(EventId id, Instant now) {
    return find(EVENT + "where e.id = :id for update of e", id, now);
  }

  /// Throws NoSuchElementException.
  Event get(EventId id, Instant now) {
    return find(id, now).orElseThrow(() -> new NoSuchElementException("event " + id));
  }

  /// Oldest first.
  ///
  /// @param after the last one of the page before; null for the first page
  List<Event> list(@Nullable UUID after, int limit, Instant now) {
    return database
        .handle()
        .createQuery(
            EVENT
                + """
                where e.organization_id = current_organization()
                  and (cast(:after as uuid) is null or e.id > cast(:after as uuid))
                order by e.id
                limit :limit
                """)
        .bind("after", after)
        .bind("limit", limit)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .map((row, context) -> read(row))
        .list();
  }

  void changeStatus(EventId id, EventStatus status, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            update events
            set status = :status, updated_at = :now, version = version + 1
            where id = :id
            """)
        .bind("id", id.value())
        .bind("status", wire(status))
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .execute();
  }

  private Optional<Event> find(String query, EventId id, Instant now) {
    return database
        .handle()
        .createQuery(query)
        .bind("id", id.value())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .map((row, context) -> read(row))
        .findOne();
  }

  private static Event read(ResultSet row) throws SQLException {
    UUID area = row.getObject("area_id", UUID.class);
    UUID createdBy = row.getObject("created_by", UUID.class);
    Double latitude = row.getObject("place_latitude", Double.class);
    Double longitude = row.getObject("place_longitude", Double.class);
    return new Event(
        new EventId(row.getObject("id", UUID.class)),
        new OrganizationId(row.getObject("organization_id", UUID.class)),
        row.getString("title"),
        row.getString("description"),
        row.getString("category"),
        EventType.valueOf(constant(row.getString("type"))),
        EventStatus.valueOf(constant(row.getString("status"))),
        Visibility.valueOf(constant(row.getString("visibility"))),
        area == null ? null : new AreaId(area),
        latitude == null || longitude == null ? null : new GeoPoint(latitude, longitude),
        row.getInt("arrival_radius_metres"),
        ZoneId.of(row.getString("time_zone")),
        row.getObject("capacity", Integer.class),
        row.getInt("tracking_opens_minutes_before"),
        row.getBoolean("check_in_on_arrival"),
        createdBy == null ? null : new UserId(createdBy),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at", OffsetDateTime.class).toInstant(),
        row.getLong("version"),
        new Occurrence(
            new OccurrenceId(row.getObject("occurrence_id", UUID.class)),
            row.getObject("local_start", LocalDateTime.class),
            row.getObject("local_end", LocalDateTime.class),
            ZoneId.of(row.getString("occurrence_time_zone")),
            EventStatus.valueOf(constant(row.getString("occurrence_status"))),
            row.getObject("occurrence_capacity", Integer.class)));
  }

  private static String wire(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String constant(String wire) {
    return wire.toUpperCase(Locale.ROOT);
  }
}
