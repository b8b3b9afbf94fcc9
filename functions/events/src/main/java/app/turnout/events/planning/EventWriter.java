package app.turnout.events.planning;

import app.turnout.domain.EventId;
import app.turnout.domain.GeoPoint;
import app.turnout.domain.TimeWindow;
import app.turnout.events.Catalogue;
import app.turnout.platform.persistence.Database;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/// Writes events of the tenant that the transaction has entered, with their dates, and what the
/// catalogue shows of them.
@Singleton
final class EventWriter {
  private static final String INSERT =
      """
      insert into events (
        id, organization_id, title, description, category, type, status, visibility,
        area_id, latitude, longitude, arrival_radius_metres, time_zone, capacity,
        tracking_opens_minutes_before, check_in_on_arrival, positions_visible_to, language,
        translations,
        image_url, registration_deadline, refund_policy, consent_text,
        confirmation_minutes_before, reminder_minutes_before, location_minutes_before,
        created_by, created_at, updated_at, version)
      values (
        :id, :organization, :title, :description, :category, :type, :status, :visibility,
        :area, :latitude, :longitude, :arrivalRadius, :zone, :capacity,
        :trackingOpens, :checkInOnArrival, :positionsVisibleTo, :language,
        cast(:translations as jsonb),
        :imageUrl, :registrationDeadline, cast(:refundPolicy as jsonb), :consentText,
        :confirmation, :reminder, :location, :createdBy, :now, :now, :version)
      """;

  private static final String INSERT_DATE =
      """
      returning id)
      insert into occurrences (
        id, organization_id, event_id, original_start, local_start, local_end, time_zone,
        starts_at, ends_at, status, capacity, created_at, updated_at, version)
      select
        :occurrence, :organization, planned.id, :localStart, :localStart, :localEnd, :zone,
        :startsAt, :endsAt, :occurrenceStatus, :occurrenceCapacity, :now, :now, :version
      from planned
      """;

  private static final String UPDATE =
      """
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
          positions_visible_to = :positionsVisibleTo,
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
      """;

  private static final String UPDATE_DATE =
      """
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
      """;

  private final Database database;
  private final Catalogue catalogue;
  private final JsonMapper json;

  EventWriter(Database database, Catalogue catalogue, JsonMapper json) {
    this.database = database;
    this.catalogue = catalogue;
    this.json = json;
  }

  /// A one-off event with its date, or a recurring one without any: its parts make them.
  void insert(Event event) {
    bound(event, event.isRecurring() ? INSERT : "with planned as (" + INSERT + INSERT_DATE)
        .bind("organization", event.organization().value())
        .bind("type", wire(event.type()))
        .bind("status", wire(event.status()))
        .bind("createdBy", event.createdBy() == null ? null : event.createdBy().value())
        .bind("occurrence", event.occurrence().id().value())
        .bind("occurrenceStatus", wire(event.occurrence().status()))
        .execute();
    catalogue.refresh(event.id());
  }

  /// What is said of an event, and of its one date, but how far it has come; the dates of a
  /// recurring event are others' to change.
  void update(Event event) {
    bound(event, event.isRecurring() ? UPDATE : "with changed as (" + UPDATE + UPDATE_DATE)
        .bind("occurrence", event.occurrence().id().value())
        .execute();
    catalogue.refresh(event.id());
  }

  private Update bound(Event event, String statement) {
    Occurrence occurrence = event.occurrence();
    TimeWindow window = occurrence.window();
    GeoPoint position = event.area() == null ? event.position() : null;
    Announcement announcement = event.announcement();
    return database
        .handle()
        .createUpdate(statement)
        // A recurring event is written without a date.
        .configure(SqlStatements.class, statements -> statements.setUnusedBindingAllowed(true))
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
        .bind("positionsVisibleTo", wire(event.positionsVisibleTo()))
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
                  -- The schedule leaves alone what somebody brought back.
                  is_kept = is_kept
                    or archived_at is not null and cast(:archivedAt as timestamptz) is null,
                  updated_at = :now,
                  version = version + 1
              where id = :id
              returning id, status)
            update occurrences o
            set status = case
                  when steered.status = 'completed' and o.starts_at > :now then 'cancelled'
                  else steered.status end,
                cancelled_at = case
                  when steered.status = 'cancelled' or o.starts_at > :now
                  then cast(:now as timestamptz) end,
                updated_at = :now,
                version = o.version + 1
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
    catalogue.refresh(id);
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
    catalogue.refresh(id);
  }

  private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
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
}
