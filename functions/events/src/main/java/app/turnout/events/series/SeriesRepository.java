package app.turnout.events.series;

import app.turnout.domain.AreaId;
import app.turnout.domain.EventId;
import app.turnout.domain.GeoPoint;
import app.turnout.domain.OrganizationId;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.statement.Update;

/// The parts of recurring events.
@Singleton
public final class SeriesRepository {
  private static final String PART =
      """
      select s.id, s.organization_id, s.event_id, s.local_start, s.local_end, s.time_zone, s.rrule,
             cast(s.rdates as text[]) as rdates, cast(s.exdates as text[]) as exdates,
             s.ends_before, s.made_before, s.title, s.description, s.area_id, s.latitude,
             s.longitude, s.capacity
      from series s
      """;

  private final Database database;

  SeriesRepository(Database database) {
    this.database = database;
  }

  /// In the order of their starts.
  public List<Part> list(EventId event) {
    return list(List.of(event.value()));
  }

  /// Those of several events, in the order of their starts.
  public List<Part> list(Collection<UUID> events) {
    if (events.isEmpty()) {
      return List.of();
    }
    return database
        .handle()
        .createQuery(PART + "where s.event_id = any(:events) order by s.local_start")
        .bindArray("events", UUID.class, events.toArray())
        .map((row, context) -> read(row))
        .list();
  }

  /// Events that go on, have dates to make and are nobody else's now; the transaction holds them
  /// until it ends.
  ///
  /// @param before parts that are made this far are left alone
  List<UUID> lockThoseToBeMade(LocalDateTime before, int limit) {
    return database
        .handle()
        .createQuery(
            """
            select e.id
            from events e
            where e.id in (
                select s.event_id
                from series s
                join events going on going.id = s.event_id
                where s.made_before < :before
                  and s.ends_before is null
                  and going.status not in ('completed', 'cancelled')
                order by s.made_before
                limit :limit)
            for update skip locked
            """)
        .bind("before", before)
        .bind("limit", limit)
        .mapTo(UUID.class)
        .list();
  }

  /// Up to when parts are made now.
  void made(List<Part> parts, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            update series s
            set made_before = made.before, updated_at = :now, version = s.version + 1
            from unnest(:ids, cast(:befores as timestamp[])) as made (id, before)
            where s.id = made.id
            """)
        .bindArray("ids", UUID.class, parts.stream().map(part -> part.id().value()).toArray())
        .bindArray(
            "befores",
            String.class,
            parts.stream().map(part -> part.madeBefore().toString()).toArray())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .execute();
  }

  public void insert(Part part, Instant now) {
    bound(
            part,
            now,
            """
            insert into series (
              id, organization_id, event_id, local_start, local_end, time_zone, rrule, rdates,
              exdates, ends_before, made_before, title, description, area_id, latitude, longitude,
              capacity, created_at, updated_at, version)
            values (
              :id, :organization, :event, :localStart, :localEnd, :zone, :rrule,
              cast(:rdates as timestamp[]), cast(:exdates as timestamp[]), :endsBefore, :madeBefore,
              :title, :description, :area, :latitude, :longitude, :capacity, :now, :now, 1)
            """)
        .bind("organization", part.organization().value())
        .bind("event", part.event().value())
        .execute();
  }

  public void update(Part part, Instant now) {
    bound(
            part,
            now,
            """
            update series
            set local_start = :localStart,
                local_end = :localEnd,
                time_zone = :zone,
                rrule = :rrule,
                rdates = cast(:rdates as timestamp[]),
                exdates = cast(:exdates as timestamp[]),
                ends_before = :endsBefore,
                made_before = :madeBefore,
                title = :title,
                description = :description,
                area_id = :area,
                latitude = :latitude,
                longitude = :longitude,
                capacity = :capacity,
                updated_at = :now,
                version = version + 1
            where id = :id
            """)
        .execute();
  }

  /// Parts that no date belongs to any more.
  public void delete(Collection<SeriesId> parts) {
    database
        .handle()
        .createUpdate("delete from series where id = any(:ids)")
        .bindArray("ids", UUID.class, parts.stream().map(SeriesId::value).toArray())
        .execute();
  }

  private Update bound(Part part, Instant now, String statement) {
    Own own = part.own();
    GeoPoint position = own.area() == null ? own.position() : null;
    return database
        .handle()
        .createUpdate(statement)
        .bind("id", part.id().value())
        .bind("localStart", part.localStart())
        .bind("localEnd", part.localEnd())
        .bind("zone", part.zone().getId())
        .bind("rrule", part.rrule())
        .bindArray("rdates", String.class, texts(part.rdates()))
        .bindArray("exdates", String.class, texts(part.exdates()))
        .bind("endsBefore", part.endsBefore())
        .bind("madeBefore", part.madeBefore())
        .bind("title", own.title())
        .bind("description", own.description())
        .bind("area", own.area() == null ? null : own.area().value())
        .bind("latitude", position == null ? null : (Double) position.latitude())
        .bind("longitude", position == null ? null : (Double) position.longitude())
        .bind("capacity", own.capacity())
        .bind("now", now.atOffset(ZoneOffset.UTC));
  }

  private static Object[] texts(List<LocalDateTime> times) {
    return times.stream().map(LocalDateTime::toString).toArray();
  }

  private static Part read(ResultSet row) throws SQLException {
    return new Part(
        new SeriesId(row.getObject("id", UUID.class)),
        new OrganizationId(row.getObject("organization_id", UUID.class)),
        new EventId(row.getObject("event_id", UUID.class)),
        row.getObject("local_start", LocalDateTime.class),
        row.getObject("local_end", LocalDateTime.class),
        ZoneId.of(row.getString("time_zone")),
        row.getString("rrule"),
        times(row.getArray("rdates")),
        times(row.getArray("exdates")),
        row.getObject("ends_before", LocalDateTime.class),
        row.getObject("made_before", LocalDateTime.class),
        own(row));
  }

  static Own own(ResultSet row) throws SQLException {
    UUID area = row.getObject("area_id", UUID.class);
    Double latitude = row.getObject("latitude", Double.class);
    Double longitude = row.getObject("longitude", Double.class);
    return new Own(
        row.getString("title"),
        row.getString("description"),
        area == null ? null : new AreaId(area),
        latitude == null || longitude == null ? null : new GeoPoint(latitude, longitude),
        row.getObject("capacity", Integer.class));
  }

  private static List<LocalDateTime> times(Array array) throws SQLException {
    return Arrays.stream((String[]) array.getArray())
        .map(text -> LocalDateTime.parse(text.replace(' ', 'T')))
        .toList();
  }
}
