package app.turnout.events.calendar;

import app.turnout.platform.persistence.Database;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reads what calendars tell, from what everybody may read.
@Singleton
final class CalendarRepository {
  /// Of one calendar, the latest: what more there are does not fit into an answer.
  private static final int MOST_EVENTS = 2_000;

  private static final int MOST_DATES = 20_000;

  private final Database database;
  private final JsonMapper json;

  CalendarRepository(Database database, JsonMapper json) {
    this.database = database;
    this.json = json;
  }

  /// A public or unlisted event, by its id.
  Optional<CalendarEvent> find(UUID id) {
    return events("where event_id = :key", id, null).stream().findFirst();
  }

  /// A public or unlisted event, by the address it has or had.
  Optional<CalendarEvent> find(String slug) {
    return events("where slug = :key", slug, null).stream()
        .findFirst()
        .or(
            () ->
                events("where former_slugs @> array[cast(:key as text)]", slug, null).stream()
                    .findFirst());
  }

  /// An organization's public events with a date that ends after a moment, the latest first.
  List<CalendarEvent> ofOrganization(UUID organization, Instant after) {
    return events(
        """
        where organization_id = :key
          and is_listed
          and last_ends_at > :after
        order by last_ends_at desc, event_id
        """,
        organization,
        after);
  }

  private List<CalendarEvent> events(String condition, Object key, @Nullable Instant after) {
    return database.read(
        handle -> {
          var query =
              handle
                  .createQuery(
                      """
                      select event_id, slug, organization_name, title, description, category,
                        status, time_zone, area_name, address, city, latitude, longitude, parts,
                        created_at, updated_at, version
                      from catalogue_entries
                      %s
                      limit %d
                      """
                          .formatted(condition, MOST_EVENTS))
                  .bind("key", key);
          if (after != null) {
            query.bind("after", after.atOffset(ZoneOffset.UTC));
          }
          List<CalendarEvent> events = query.map((row, context) -> event(row)).list();
          return withDates(handle, events);
        });
  }

  private static List<CalendarEvent> withDates(Handle handle, List<CalendarEvent> events) {
    if (events.isEmpty()) {
      return List.of();
    }
    Map<UUID, List<CalendarDate>> dates = new HashMap<>();
    handle
        .createQuery(
            """
            select event_id, original_start, time_zone, starts_at, ends_at, status, title,
              description, area_name, address, city, latitude, longitude, updated_at, version
            from catalogue_dates
            where event_id = any(:events)
            order by starts_at desc
            limit :most
            """)
        .bindArray("events", UUID.class, events.stream().map(CalendarEvent::id).toList())
        .bind("most", MOST_DATES)
        .map((row, context) -> Map.entry(row.getObject("event_id", UUID.class), date(row)))
        .forEach(
            found ->
                dates
                    .computeIfAbsent(found.getKey(), id -> new ArrayList<>())
                    .add(found.getValue()));
    return events.stream()
        .filter(event -> dates.containsKey(event.id()))
        .map(event -> event.with(sorted(dates.getOrDefault(event.id(), List.of()))))
        .toList();
  }

  private static List<CalendarDate> sorted(List<CalendarDate> dates) {
    return dates.stream().sorted(Comparator.comparing(CalendarDate::originalStart)).toList();
  }

  private CalendarEvent event(ResultSet row) throws SQLException {
    return new CalendarEvent(
        row.getObject("event_id", UUID.class),
        row.getString("slug"),
        row.getString("organization_name"),
        row.getString("title"),
        row.getString("description"),
        row.getString("category"),
        row.getString("status").equals("cancelled"),
        ZoneId.of(row.getString("time_zone")),
        place(row),
        parts(row.getString("parts")),
        instant(row, "created_at"),
        instant(row, "updated_at"),
        row.getLong("version"),
        List.of());
  }

  private static CalendarDate date(ResultSet row) throws SQLException {
    return new CalendarDate(
        row.getObject("original_start", LocalDateTime.class),
        ZoneId.of(row.getString("time_zone")),
        instant(row, "starts_at"),
        instant(row, "ends_at"),
        row.getString("status").equals("cancelled"),
        row.getString("title"),
        row.getString("description"),
        place(row),
        instant(row, "updated_at"),
        row.getLong("version"));
  }

  private static CalendarPlace place(ResultSet row) throws SQLException {
    return new CalendarPlace(
        row.getString("area_name"),
        row.getString("address"),
        row.getString("city"),
        row.getObject("latitude", Double.class),
        row.getObject("longitude", Double.class));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private List<CalendarPart> parts(String text) {
    try {
      List<CalendarPart> parts = new ArrayList<>();
      for (JsonNode part : json.readValue(text, JsonNode.class).values()) {
        String rrule = text(part, "rrule");
        String endsBefore = text(part, "ends_before");
        parts.add(
            new CalendarPart(
                LocalDateTime.parse(required(part, "local_start")),
                ZoneId.of(required(part, "time_zone")),
                rrule,
                times(part.get("rdates")),
                times(part.get("exdates")),
                endsBefore == null ? null : LocalDateTime.parse(endsBefore)));
      }
      return parts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<LocalDateTime> times(@Nullable JsonNode times) {
    List<LocalDateTime> all = new ArrayList<>();
    if (times != null && times.isArray()) {
      times.values().forEach(time -> all.add(LocalDateTime.parse(time.getStringValue())));
    }
    return all;
  }

  private static @Nullable String text(JsonNode part, String name) {
    JsonNode value = part.get(name);
    return value == null || value.isNull() ? null : value.getStringValue();
  }

  private static String required(JsonNode part, String name) {
    String text = text(part, name);
    if (text == null) {
      throw new IllegalStateException("A part has no " + name);
    }
    return text;
  }
}
