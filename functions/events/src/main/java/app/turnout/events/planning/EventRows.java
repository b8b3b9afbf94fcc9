package app.turnout.events.planning;

import app.turnout.domain.AreaId;
import app.turnout.domain.EventId;
import app.turnout.domain.GeoPoint;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import app.turnout.events.series.Part;
import app.turnout.events.series.SeriesRepository;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads events, each with the date that is meant where only the event is named.
@Singleton
final class EventRows {
  private static final String COLUMNS =
      """
      e.*,
             coalesce(e.latitude, a.latitude) as place_latitude,
             coalesce(e.longitude, a.longitude) as place_longitude,
             o.id as occurrence_id,
             o.local_start,
             o.local_end,
             o.time_zone as occurrence_time_zone,
             o.status as occurrence_status,
             coalesce(o.capacity, s.capacity, e.capacity) as occurrence_capacity
      """;

  private static final String FROM =
      """
      from events e
      left join areas a on a.id = e.area_id
      join occurrences o on o.id = meant_occurrence(e.id, :now)
      left join series s on s.id = o.series_id
      """;

  /// Of the tenant that the transaction has entered; `:now` decides which date is meant.
  static final String SELECT = "select " + COLUMNS + FROM;

  private final JsonMapper json;
  private final SeriesRepository parts;

  EventRows(JsonMapper json, SeriesRepository parts) {
    this.json = json;
    this.parts = parts;
  }

  /// The events with the parts of those that recur.
  List<Event> withParts(List<Event> events) {
    Map<EventId, List<Part>> found =
        parts
            .list(
                events.stream()
                    .filter(Event::isRecurring)
                    .map(event -> event.id().value())
                    .toList())
            .stream()
            .collect(Collectors.groupingBy(Part::event));
    return found.isEmpty()
        ? events
        : events.stream()
            .map(event -> event.with(found.getOrDefault(event.id(), List.of())))
            .toList();
  }

  /// As [#SELECT], with another column.
  static String select(String column) {
    return "select " + column + ", " + COLUMNS + FROM;
  }

  Event read(ResultSet row) throws SQLException {
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
        PositionsVisibleTo.valueOf(constant(row.getString("positions_visible_to"))),
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
            row.getObject("occurrence_capacity", Integer.class)),
        List.of());
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
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

  private static String constant(String wire) {
    return wire.toUpperCase(Locale.ROOT);
  }
}
