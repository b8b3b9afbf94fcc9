package app.turnout.events.dates;

import app.turnout.domain.AreaId;
import app.turnout.domain.EventId;
import app.turnout.domain.GeoPoint;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.TimeWindow;
import app.turnout.events.planning.EventStatus;
import app.turnout.events.series.DateTimes;
import app.turnout.events.series.Own;
import app.turnout.events.series.SeriesId;
import app.turnout.platform.http.Cursor;
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

/// The dates of events of the tenant that the transaction has entered.
@Singleton
final class DateRepository {
  private static final String DATE =
      """
      select o.id, o.organization_id, o.event_id, o.series_id, o.rule_start, o.original_start,
             o.local_start, o.local_end, o.time_zone, o.status, o.is_moved, o.title, o.description,
             o.area_id, o.latitude, o.longitude, o.capacity, o.cancelled_at, o.cancellation_reason,
             o.created_at, o.updated_at, o.version,
             d.title as said_title, d.description as said_description, d.area_id as said_area_id,
             d.area_name, d.latitude as said_latitude, d.longitude as said_longitude,
             d.capacity as said_capacity
      from occurrences o
      join occurrence_details d on d.id = o.id
      """;

  private final Database database;

  DateRepository(Database database) {
    this.database = database;
  }

  Optional<EventDate> find(EventId event, OccurrenceId id) {
    return find(DATE + "where o.id = :id and o.event_id = :event", event, id);
  }

  /// As [#find], and no other transaction changes the date until this one ends.
  Optional<EventDate> findForUpdate(EventId event, OccurrenceId id) {
    return find(DATE + "where o.id = :id and o.event_id = :event for update of o", event, id);
  }

  private Optional<EventDate> find(String query, EventId event, OccurrenceId id) {
    return database
        .handle()
        .createQuery(query)
        .bind("id", id.value())
        .bind("event", event.value())
        .map((row, context) -> read(row))
        .findOne();
  }

  /// Throws NoSuchElementException.
  EventDate get(EventId event, OccurrenceId id) {
    return find(event, id).orElseThrow(() -> new NoSuchElementException("date " + id));
  }

  /// What a date says of itself, and when it is.
  void update(
      OccurrenceId id, Own own, DateWishes.Times times, ZoneId zone, boolean isMoved, Instant now) {
    TimeWindow window = DateTimes.window(times.start(), times.end(), zone);
    GeoPoint position = own.position();
    database
        .handle()
        .createUpdate(
            """
            update occurrences
            set title = :title,
                description = :description,
                area_id = :area,
                latitude = :latitude,
                longitude = :longitude,
                capacity = :capacity,
                local_start = :localStart,
                local_end = :localEnd,
                starts_at = :startsAt,
                ends_at = :endsAt,
                is_moved = :isMoved,
                updated_at = :now,
                version = version + 1
            where id = :id
            """)
        .bind("id", id.value())
        .bind("title", own.title())
        .bind("description", own.description())
        .bind("area", own.area() == null ? null : own.area().value())
        .bind("latitude", position == null ? null : (Double) position.latitude())
        .bind("longitude", position == null ? null : (Double) position.longitude())
        .bind("capacity", own.capacity())
        .bind("localStart", times.start())
        .bind("localEnd", times.end())
        .bind("startsAt", window.start().atOffset(ZoneOffset.UTC))
        .bind("endsAt", window.end().atOffset(ZoneOffset.UTC))
        .bind("isMoved", isMoved)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .execute();
  }

  /// How far a date has come.
  ///
  /// @param cancelledAt null when it is not
  void steer(
      OccurrenceId id,
      EventStatus status,
      @Nullable Instant cancelledAt,
      @Nullable String reason,
      Instant now) {
    database
        .handle()
        .createUpdate(
            """
            update occurrences
            set status = :status,
                cancelled_at = :cancelledAt,
                cancellation_reason = :reason,
                updated_at = :now,
                version = version + 1
            where id = :id
            """)
        .bind("id", id.value())
        .bind("status", status.wire())
        .bind("cancelledAt", cancelledAt == null ? null : cancelledAt.atOffset(ZoneOffset.UTC))
        .bind("reason", reason)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .execute();
  }

  void delete(OccurrenceId id) {
    database
        .handle()
        .createUpdate("delete from occurrences where id = :id")
        .bind("id", id.value())
        .execute();
  }

  /// Who is expected at a date.
  List<UUID> people(OccurrenceId id) {
    return database
        .handle()
        .createQuery("select id from participants where occurrence_id = :id")
        .bind("id", id.value())
        .mapTo(UUID.class)
        .list();
  }

  int count(EventId event) {
    return database
        .handle()
        .createQuery("select count(*) from occurrences where event_id = :event")
        .bind("event", event.value())
        .mapTo(Integer.class)
        .one();
  }

  boolean has(SeriesId part, LocalDateTime start) {
    return findAt(part, start).isPresent();
  }

  /// Throws NoSuchElementException.
  OccurrenceId at(SeriesId part, LocalDateTime start) {
    return findAt(part, start).orElseThrow();
  }

  private Optional<OccurrenceId> findAt(SeriesId part, LocalDateTime start) {
    return database
        .handle()
        .createQuery("select id from occurrences where series_id = :part and rule_start = :start")
        .bind("part", part.value())
        .bind("start", start)
        .mapTo(UUID.class)
        .findOne()
        .map(OccurrenceId::new);
  }

  boolean isEvent(EventId event) {
    return database
        .handle()
        .createQuery("select exists (select from events where id = :event)")
        .bind("event", event.value())
        .mapTo(Boolean.class)
        .one();
  }

  /// In the order of their starts.
  ///
  /// @param from those that end after it
  /// @param to those that begin before it
  /// @param after start and id of the last one of the page before; null for the first page
  List<EventDate> list(
      EventId event,
      @Nullable OffsetDateTime from,
      @Nullable OffsetDateTime to,
      @Nullable String status,
      @Nullable Cursor after,
      int limit,
      Instant now) {
    return database
        .handle()
        .createQuery(
            DATE
                + """
                where o.event_id = :event
                  and (cast(:from as timestamptz) is null or o.ends_at > :from)
                  and (cast(:to as timestamptz) is null or o.starts_at < :to)
                  and (cast(:status as text) is null
                    or :status = case
                      when o.status not in ('scheduled', 'active') then o.status
                      when o.ends_at <= :now then 'completed'
                      when o.starts_at <= :now then 'active'
                      else o.status end)
                  and (cast(:afterId as uuid) is null
                    or (o.starts_at, o.id) > (cast(:afterStart as timestamptz), :afterId))
                order by o.starts_at, o.id
                limit :limit
                """)
        .bind("event", event.value())
        .bind("from", from)
        .bind("to", to)
        .bind("status", status)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("afterStart", after == null ? null : after.instant(0).atOffset(ZoneOffset.UTC))
        .bind("afterId", after == null ? null : after.uuid(1))
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  private static EventDate read(ResultSet row) throws SQLException {
    UUID series = row.getObject("series_id", UUID.class);
    return new EventDate(
        new OccurrenceId(row.getObject("id", UUID.class)),
        new OrganizationId(row.getObject("organization_id", UUID.class)),
        new EventId(row.getObject("event_id", UUID.class)),
        series == null ? null : new SeriesId(series),
        row.getObject("rule_start", LocalDateTime.class),
        row.getObject("original_start", LocalDateTime.class),
        row.getObject("local_start", LocalDateTime.class),
        row.getObject("local_end", LocalDateTime.class),
        ZoneId.of(row.getString("time_zone")),
        EventStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        row.getBoolean("is_moved"),
        new Own(
            row.getString("title"),
            row.getString("description"),
            area(row, "area_id"),
            point(row, "latitude", "longitude"),
            row.getObject("capacity", Integer.class)),
        new EventDate.Said(
            row.getString("said_title"),
            row.getString("said_description"),
            area(row, "said_area_id"),
            row.getString("area_name"),
            point(row, "said_latitude", "said_longitude"),
            row.getObject("said_capacity", Integer.class)),
        instant(row, "cancelled_at"),
        row.getString("cancellation_reason"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at", OffsetDateTime.class).toInstant(),
        row.getLong("version"));
  }

  private static @Nullable AreaId area(ResultSet row, String column) throws SQLException {
    UUID area = row.getObject(column, UUID.class);
    return area == null ? null : new AreaId(area);
  }

  private static @Nullable GeoPoint point(ResultSet row, String latitude, String longitude)
      throws SQLException {
    Double north = row.getObject(latitude, Double.class);
    Double east = row.getObject(longitude, Double.class);
    return north == null || east == null ? null : new GeoPoint(north, east);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
