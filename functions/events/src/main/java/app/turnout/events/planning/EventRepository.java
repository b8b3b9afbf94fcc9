package app.turnout.events.planning;

import app.turnout.domain.AreaId;
import app.turnout.domain.EventId;
import app.turnout.domain.GeoPoint;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.TimeWindow;
import app.turnout.domain.UserId;
import app.turnout.platform.persistence.Database;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Update;
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
  private final JsonMapper json;

  EventRepository(Database database, JsonMapper json) {
    this.database = database;
    this.json = json;
  }

  void insert(Event event) {
    bound(
            event,
            """
            with planned as (
              insert into events (
                id, organization_id, title, description, category, type, status, visibility,
                area_id, latitude, longitude, arrival_radius_metres, time_zone, capacity,
                tracking_opens_minutes_before, check_in_on_arrival, language, translations,
                image_url, registration_deadline, refund_policy, consent_text,
                confirmation_minutes_before, reminder_minutes_before, location_minutes_before,
                created_by, created_at, updated_at, version)
              values (
                :id, :organization, :title, :description, :category, :type, :status, :visibility,
                :area, :latitude, :longitude, :arrivalRadius, :zone, :capacity,
                :trackingOpens, :checkInOnArrival, :language, cast(:translations as jsonb),
                :imageUrl, :registrationDeadline, cast(:refundPolicy as jsonb), :consentText,
                :confirmation, :reminder, :location, :createdBy, :now, :now, :version)
              returning id)
            insert into occurrences (
              id, organization_id, event_id, original_start, local_start, local_end, time_zone,
              starts_at, ends_at, status, capacity, created_at, updated_at, version)
            select
              :occurrence, :organization, planned.id, :localStart, :localStart, :localEnd, :zone,
              :startsAt, :endsAt, :occurrenceStatus, :occurrenceCapacity, :now, :now, :version
            from planned
            """)
        .bind("organization", event.organization().value())
        .bind("type", wire(event.type()))
        .bind("status", wire(event.status()))
        .bind("createdBy", event.createdBy() == null ? null : event.createdBy().value())
        .bind("occurrence", event.occurrence().id().value())
        .bind("occurrenceStatus", wire(event.occurrence().status()))
        .execute();
  }

  /// What is said of an event and its one date, but how far it has come.
  void update(Event event) {
    bound(
            event,
            """
            with changed as (
              update events
              set title = :title,
                  description = :description,
                  category = :category,
                  visibility = :visibility,
                  area_id = :area,
                  latitude = :latitude,
                  longitude = :longitude,
                  arrival_radius_metres = :arrivalRadius,
                  time_zone = :zone,
                  capacity = :capacity,
                  tracking_opens_minutes_before = :trackingOpens,
                  check_in_on_arrival = :checkInOnArrival,
                  language = :language,
                  translations = cast(:translations as jsonb),
                  image_url = :imageUrl,
                  registration_deadline = :registrationDeadline,
                  refund_policy = cast(:refundPolicy as jsonb),
                  consent_text = :consentText,
                  confirmation_minutes_before = :confirmation,
                  reminder_minutes_before = :reminder,
                  location_minutes_before = :location,
                  updated_at = :now,
                  version = :version
              where id = :id
              returning id)
            update occurrences o
            set local_start = :localStart,
                local_end = :localEnd,
                time_zone = :zone,
                starts_at = :startsAt,
                ends_at = :endsAt,
                capacity = :occurrenceCapacity,
                updated_at = :now,
                version = o.version + 1
            from changed
            where o.event_id = changed.id
              and o.id = :occurrence
            """)
        .bind("occurrence", event.occurrence().id().value())
        .execute();
  }

  private Update bound(Event event, String statement) {
    Occurrence occurrence = event.occurrence();
    TimeWindow window = occurrence.window();
    GeoPoint position = event.area() == null ? event.position() : null;
    Announcement announcement = event.announcement();
    return database
        .handle()
        .createUpdate(statement)
        .bind("id", event.id().value())
        .bind("title", event.title())
        .bind("description", event.description())
        .bind("category", event.category())
        .bind("visibility", wire(event.visibility()))
        .bind("area", event.area() == null ? null : event.area().value())
        .bind("latitude", position == null ? null : (Double) position.latitude())
        .bind("longitude", position == null ? null : (Double) position.longitude())
        .bind("arrivalRadius", event.arrivalRadiusMetres())
        .bind("zone", event.zone().getId())
        .bind("capacity", event.capacity())
        .bind("trackingOpens", event.trackingOpensMinutesBefore())
        .bind("checkInOnArrival", event.checkInOnArrival())
        .bind("language", announcement.language())
        .bind("translations", text(announcement.translations()))
        .bind("imageUrl", announcement.imageUrl())
        .bind("registrationDeadline", at(announcement.registrationDeadline()))
        .bind(
            "refundPolicy",
            announcement.refundPolicy() == null ? null : text(announcement.refundPolicy()))
        .bind("consentText", announcement.consentText())
        .bind("confirmation", announcement.confirmationMinutesBefore())
        .bind("reminder", announcement.reminderMinutesBefore())
        .bind("location", announcement.locationMinutesBefore())
        .bind("now", at(event.updatedAt()))
        .bind("version", event.version())
        .bind("localStart", occurrence.localStart())
        .bind("localEnd", occurrence.localEnd())
        .bind("startsAt", at(window.start()))
        .bind("endsAt", at(window.end()))
        .bind("occurrenceCapacity", occurrence.capacity());
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
  List<Event> list(EventFilter filter, @Nullable UUID after, int limit, Instant now) {
    return database
        .handle()
        .createQuery(
            EVENT
                + """
                where e.organization_id = current_organization()
                  and (cast(:after as uuid) is null or e.id > cast(:after as uuid))
                  and (e.archived_at is not null) = :archived
                  and (cast(:createdBy as uuid) is null
                    or e.created_by = cast(:createdBy as uuid))
                  and (cast(:type as text) is null or e.type = :type)
                  and (cast(:category as text) is null or lower(e.category) = lower(:category))
                  and (cast(:q as text) is null
                    or position(
                      lower(:q) in lower(e.title || ' ' || coalesce(e.description, ''))) > 0)
                  and (cast(:status as text) is null
                    or :status = case
                      when e.status not in ('scheduled', 'active') then e.status
                      when o.ends_at <= :now then 'completed'
                      when o.starts_at <= :now then 'active'
                      else e.status end)
                  and (cast(:from as timestamptz) is null and cast(:to as timestamptz) is null
                    or exists (
                      select
                      from occurrences held
                      where held.event_id = e.id
                        and (cast(:from as timestamptz) is null or held.ends_at > :from)
                        and (cast(:to as timestamptz) is null or held.starts_at < :to)))
                order by e.id
                limit :limit
                """)
        .bind("archived", filter.archived())
        .bind("createdBy", filter.createdBy())
        .bind("type", filter.type())
        .bind("category", filter.category())
        .bind("q", filter.q())
        .bind("status", filter.status())
        .bind("from", filter.from())
        .bind("to", filter.to())
        .bind("after", after)
        .bind("limit", limit)
        .bind("now", at(now))
        .map((row, context) -> read(row))
        .list();
  }

  /// How far an event has come; its dates that are not over are cancelled or completed with it.
  void steer(EventId id, EventStatus status, Course course, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            with steered as (
              update events
              set status = :status,
                  registration_closed_at = :registrationClosedAt,
                  cancelled_at = :cancelledAt,
                  cancellation_reason = :reason,
                  completed_at = :completedAt,
                  archived_at = :archivedAt,
                  updated_at = :now,
                  version = version + 1
              where id = :id
              returning id, status)
            update occurrences o
            set status = steered.status, updated_at = :now, version = o.version + 1
            from steered
            where o.event_id = steered.id
              and steered.status in ('cancelled', 'completed')
              and o.status in ('scheduled', 'active')
              and o.ends_at > :now
            """)
        .bind("id", id.value())
        .bind("status", wire(status))
        .bind("registrationClosedAt", at(course.registrationClosedAt()))
        .bind("cancelledAt", at(course.cancelledAt()))
        .bind("reason", course.cancellationReason())
        .bind("completedAt", at(course.completedAt()))
        .bind("archivedAt", at(course.archivedAt()))
        .bind("now", at(now))
        .execute();
  }

  /// Whether any of its dates has participants; none joins until the transaction ends.
  boolean isSomebodyExpected(EventId id) {
    database
        .handle()
        .createQuery("select id from occurrences where event_id = :id order by id for update")
        .bind("id", id.value())
        .mapTo(UUID.class)
        .list();
    return database
        .handle()
        .createQuery(
            """
            select exists (
              select
              from occurrences o
              join participants p on p.occurrence_id = o.id
              where o.event_id = :id)
            """)
        .bind("id", id.value())
        .mapTo(Boolean.class)
        .one();
  }

  /// With its dates, and who is expected there.
  void delete(EventId id) {
    database
        .handle()
        .createUpdate("delete from events where id = :id")
        .bind("id", id.value())
        .execute();
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

  private Event read(ResultSet row) throws SQLException {
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
        new Announcement(
            row.getString("language"),
            translations(row.getString("translations")),
            row.getString("image_url"),
            instant(row, "registration_deadline"),
            refundPolicy(row.getString("refund_policy")),
            row.getString("consent_text"),
            row.getInt("confirmation_minutes_before"),
            row.getInt("reminder_minutes_before"),
            row.getInt("location_minutes_before")),
        new Course(
            instant(row, "registration_closed_at"),
            instant(row, "cancelled_at"),
            row.getString("cancellation_reason"),
            instant(row, "completed_at"),
            instant(row, "archived_at")),
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

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  private Map<String, Translation> translations(String text) {
    try {
      return json.readValue(text, Argument.mapOf(String.class, Translation.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable RefundPolicy refundPolicy(@Nullable String text) {
    try {
      return text == null ? null : json.readValue(text, RefundPolicy.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String text(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String wire(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String constant(String wire) {
    return wire.toUpperCase(Locale.ROOT);
  }
}
