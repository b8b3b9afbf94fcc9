package app.turnout.events.planning;

import app.turnout.domain.GeoPoint;
import app.turnout.platform.http.Cursor;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Events of the tenant that the transaction has entered, as they are looked for.
///
/// Under the tenants' policy PostgreSQL uses no index for what is not leakproof: `lower`, parts of
/// words, distances. So the tenant's own rows are found by the indexes that begin with the
/// organization (`events_listed`, `events_by_status`, `events_by_maker`), and the rest is asked of
/// each of these. The catalogue, which has no policy, is for searching among everybody's.
@Singleton
final class EventList {
  /// Degrees of latitude are nowhere shorter.
  private static final double METRES_A_DEGREE = 110_000;

  private final Database database;
  private final EventRows rows;

  EventList(Database database, EventRows rows) {
    this.database = database;
    this.rows = rows;
  }

  /// @param key what it is sorted by
  record Listed(Event event, Object key) {
    /// Where the list goes on after it.
    Cursor cursor(EventSort sort, Instant asOf) {
      return Cursor.of(sort.wire(), asOf, key, event.id().value());
    }
  }

  /// A page of what is asked for.
  ///
  /// @param after the cursor of the last one of the page before; null for the first page
  /// @param now decides which date is meant, and how far it has come
  List<Listed> list(
      EventFilter filter, EventSort sort, @Nullable Cursor after, int limit, Instant now) {
    Query query =
        database
            .handle()
            .createQuery(statement(filter, sort, after != null))
            .bind("now", now.atOffset(ZoneOffset.UTC))
            .bind("archived", filter.archived())
            .bind("limit", limit);
    values(filter).forEach(query::bind);
    if (after != null) {
      query.bind("afterId", after.uuid(3));
      if (!sort.isById()) {
        query.bind("afterKey", value(after.parts().get(2)));
      }
    }
    List<Listed> listed = query.map((row, context) -> listed(row, sort)).list();
    List<Event> whole = rows.withParts(listed.stream().map(Listed::event).toList());
    return IntStream.range(0, whole.size())
        .mapToObj(i -> new Listed(whole.get(i), listed.get(i).key()))
        .toList();
  }

  private Listed listed(ResultSet row, EventSort sort) throws SQLException {
    Object key =
        switch (sort) {
          case OLDEST, NEWEST -> row.getObject("sort_key", UUID.class);
          case START, LATEST_START -> row.getObject("sort_key", OffsetDateTime.class).toInstant();
          case TITLE -> row.getString("sort_key");
          case PRICE, DISTANCE -> row.getLong("sort_key");
        };
    return new Listed(rows.read(row), key);
  }

  private static Object value(Object key) {
    return key instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : key;
  }

  /// Only what is asked for is in it, so that each question has its own plan.
  static String statement(EventFilter filter, EventSort sort, boolean isLaterPage) {
    boolean byPlace = filter.city() != null || filter.near() != null || sort == EventSort.DISTANCE;
    boolean byPrice =
        filter.priceMin() != null || filter.priceMax() != null || sort == EventSort.PRICE;
    StringBuilder page =
        new StringBuilder("with page as (\nselect e.id, " + sort.key() + " as sort_key\n")
            .append("from events e\n")
            .append("join occurrences o on o.id = meant_occurrence(e.id, :now)\n");
    if (byPlace) {
      page.append("join occurrence_details d on d.id = o.id\n");
    }
    if (byPrice) {
      page.append(
          """
          cross join lateral (
            select coalesce(min(t.price_amount), 0) as price_min
            from ticket_types t
            where t.event_id = e.id
              and t.archived_at is null) sold
          """);
    }
    page.append(
        """
        where e.organization_id = current_organization()
          and (e.archived_at is not null) = :archived
        """);
    conditions(filter).forEach(condition -> page.append("  and ").append(condition).append('\n'));
    if (isLaterPage) {
      page.append("  and ").append(sort.afterwards()).append('\n');
    }
    return page.append(sort.order())
        .append("\nlimit :limit)\n")
        .append(EventRows.select("page.sort_key"))
        .append("join page on page.id = e.id\n")
        .append(sort.order("page"))
        .toString();
  }

  private static List<String> conditions(EventFilter filter) {
    Map<String, Boolean> conditions = new LinkedHashMap<>();
    conditions.put("e.created_by = :createdBy", filter.createdBy() != null);
    conditions.put("e.type = :type", filter.type() != null);
    conditions.put("lower(e.category) = lower(:category)", filter.category() != null);
    conditions.put(
        "position(lower(:q) in lower(e.title || ' ' || coalesce(e.description, ''))) > 0",
        filter.q() != null);
    conditions.put("lower(d.city) = lower(:city)", filter.city() != null);
    conditions.put("sold.price_min >= :priceMin", filter.priceMin() != null);
    conditions.put("sold.price_min <= :priceMax", filter.priceMax() != null);
    conditions.put("d.latitude between :south and :north", filter.near() != null);
    conditions.put(
        "metres_between(d.latitude, d.longitude, :latitude, :longitude) <= :radius",
        filter.near() != null);
    conditions.put(held(filter), filter.from() != null || filter.to() != null);
    conditions.put(status(filter), filter.status() != null);
    return conditions.entrySet().stream()
        .filter(Map.Entry::getValue)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String held(EventFilter filter) {
    return "exists (select from occurrences held where held.event_id = e.id"
        + (filter.from() == null ? "" : " and held.ends_at > :from")
        + (filter.to() == null ? "" : " and held.starts_at < :to")
        + ")";
  }

  /// As [EventStatus#at].
  private static String status(EventFilter filter) {
    return switch (filter.status()) {
      case "scheduled" -> "e.status in ('scheduled', 'active') and o.starts_at > :now";
      case "active" ->
          "e.status in ('scheduled', 'active') and o.starts_at <= :now and o.ends_at > :now";
      case "completed" ->
          "e.status in ('scheduled', 'active', 'completed')"
              + " and (e.status = 'completed' or o.ends_at <= :now)";
      case null, default -> "e.status = :status";
    };
  }

  private static Map<String, Object> values(EventFilter filter) {
    Map<String, @Nullable Object> given = new LinkedHashMap<>();
    given.put("createdBy", filter.createdBy());
    given.put("type", filter.type());
    given.put("category", filter.category());
    given.put("q", filter.q());
    given.put("city", filter.city());
    given.put("priceMin", filter.priceMin());
    given.put("priceMax", filter.priceMax());
    given.put("from", filter.from());
    given.put("to", filter.to());
    if (filter.status() != null && status(filter).contains(":status")) {
      given.put("status", filter.status());
    }
    GeoPoint near = filter.near();
    if (near != null) {
      double degrees = filter.radiusMetres() / METRES_A_DEGREE;
      given.put("latitude", near.latitude());
      given.put("longitude", near.longitude());
      given.put("south", near.latitude() - degrees);
      given.put("north", near.latitude() + degrees);
      given.put("radius", filter.radiusMetres());
    }
    Map<String, Object> values = new LinkedHashMap<>();
    given.forEach(
        (name, value) -> {
          if (value != null) {
            values.put(name, value);
          }
        });
    return values;
  }
}
