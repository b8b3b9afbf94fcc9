package app.turnout.events.catalogue;

import app.turnout.domain.EventId;
import app.turnout.events.catalogue.CatalogueStatement.Position;
import app.turnout.events.planning.Translation;
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
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Reads the catalogue, one statement a question and no transaction around it.
@Singleton
final class CatalogueRepository {
  private final Database database;
  private final JsonMapper json;

  CatalogueRepository(Database database, JsonMapper json) {
    this.database = database;
    this.json = json;
  }

  /// An event of a list, with the date that counts.
  ///
  /// @param sortKey where it stands, as [CatalogueSort#type()] has it
  record Found(ListedEvent event, Object sortKey) {}

  /// Where a date stands among those of its event.
  record DateKey(Instant start, UUID occurrence) {}

  List<Found> list(CatalogueQuery query, @Nullable Position after, int limit, Instant now) {
    CatalogueStatement statement = new CatalogueStatement(query, after, limit, now);
    return database.read(
        handle -> {
          Query sql = handle.createQuery(statement.text());
          statement.parameters().forEach(sql::bind);
          return sql.map((row, context) -> found(row, query.sort())).list();
        });
  }

  private static Found found(ResultSet row, CatalogueSort sort) throws SQLException {
    Object key =
        switch (sort) {
          case START, LATEST_START -> instant(row, "sort_key");
          case TITLE -> row.getString("sort_key");
          case PRICE -> row.getLong("sort_key");
          case DISTANCE -> row.getDouble("sort_key");
          case NEWEST -> row.getObject("sort_key", UUID.class);
        };
    return new Found(listed(row), key);
  }

  private static ListedEvent listed(ResultSet row) throws SQLException {
    double chord = row.getDouble("chord");
    Double metres = row.wasNull() ? null : CatalogueStatement.metres(chord);
    String currency = row.getString("currency");
    return new ListedEvent(
        new EventId(row.getObject("event_id", UUID.class)),
        row.getString("slug"),
        row.getObject("organization_id", UUID.class),
        row.getString("organization_name"),
        row.getString("title"),
        row.getString("language"),
        row.getString("category"),
        row.getString("type"),
        row.getString("status"),
        row.getString("image_url"),
        row.getLong("price_min"),
        row.getLong("price_max"),
        currency,
        findInstant(row, "registration_deadline"),
        findInstant(row, "registration_closed_at"),
        date(row, "date_status", "date_title"),
        metres);
  }

  static PublicDate date(ResultSet row, String status, String title) throws SQLException {
    return new PublicDate(
        row.getObject("occurrence_id", UUID.class),
        row.getObject("local_start", LocalDateTime.class),
        row.getObject("local_end", LocalDateTime.class),
        ZoneId.of(row.getString("time_zone")),
        instant(row, "starts_at"),
        instant(row, "ends_at"),
        row.getString(status),
        row.getString(title),
        place(row),
        row.getObject("capacity", Integer.class),
        row.getObject("available", Integer.class));
  }

  private static PublicPlace place(ResultSet row) throws SQLException {
    return new PublicPlace(
        row.getObject("area_id", UUID.class),
        row.getString("area_name"),
        row.getString("address"),
        row.getString("city"),
        row.getObject("latitude", Double.class),
        row.getObject("longitude", Double.class));
  }

  /// The event with this id, listed or not.
  Optional<PublicEvent> find(EventId id) {
    return find("select * from catalogue_entries where event_id = :key", id.value());
  }

  /// The event that has this address, or had it.
  Optional<PublicEvent> find(String slug) {
    return find("select * from catalogue_entries where slug = :key", slug)
        .or(
            () ->
                find(
                    "select * from catalogue_entries where former_slugs @> array[cast(:key as"
                        + " text)]",
                    slug));
  }

  private Optional<PublicEvent> find(String statement, Object key) {
    return database.read(
        handle ->
            handle
                .createQuery(statement)
                .bind("key", key)
                .map((row, context) -> event(row))
                .findOne());
  }

  private PublicEvent event(ResultSet row) throws SQLException {
    return new PublicEvent(
        new EventId(row.getObject("event_id", UUID.class)),
        row.getString("slug"),
        row.getObject("organization_id", UUID.class),
        row.getString("organization_name"),
        row.getString("title"),
        row.getString("description"),
        row.getString("language"),
        translations(row.getString("translations")),
        row.getString("category"),
        row.getString("type"),
        row.getString("status"),
        row.getString("image_url"),
        row.getString("time_zone"),
        place(row),
        row.getObject("capacity", Integer.class),
        row.getLong("price_min"),
        row.getLong("price_max"),
        row.getString("currency"),
        ticketTypes(row.getString("ticket_types")),
        findInstant(row, "registration_deadline"),
        findInstant(row, "registration_closed_at"),
        instant(row, "updated_at"));
  }

  /// Dates of an event that end after a moment, cancelled ones too, in their order.
  ///
  /// @param after the last one of the page before
  List<PublicDate> dates(
      EventId event,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable DateKey after,
      int limit) {
    String text =
        """
        select *
        from catalogue_dates
        where event_id = :event
        %s%s%sorder by starts_at, occurrence_id
        limit %d
        """
            .formatted(
                from == null ? "" : "  and ends_at > :from\n",
                to == null ? "" : "  and starts_at < :to\n",
                after == null ? "" : "  and (starts_at, occurrence_id) > (:start, :occurrence)\n",
                limit);
    return database.read(
        handle -> {
          Query sql = handle.createQuery(text).bind("event", event.value());
          if (from != null) {
            sql.bind("from", from.atOffset(ZoneOffset.UTC));
          }
          if (to != null) {
            sql.bind("to", to.atOffset(ZoneOffset.UTC));
          }
          if (after != null) {
            sql.bind("start", after.start().atOffset(ZoneOffset.UTC))
                .bind("occurrence", after.occurrence());
          }
          return sql.map((row, context) -> date(row, "status", "title")).list();
        });
  }

  /// The last date of an event that is over.
  Optional<PublicDate> lastDate(EventId event) {
    return database.read(
        handle ->
            handle
                .createQuery("select * from catalogue_dates where event_id = :event and is_last")
                .bind("event", event.value())
                .map((row, context) -> date(row, "status", "title"))
                .findOne());
  }

  /// Areas with listed events that are neither over nor cancelled, by their ids.
  List<PublicArea> areas(
      @Nullable UUID organization,
      @Nullable String city,
      @Nullable UUID after,
      int limit,
      Instant now) {
    String text =
        """
        select area_id, min(area_name) as area_name, min(address) as address, min(city) as city,
               min(latitude) as latitude, min(longitude) as longitude,
               (array_agg(organization_id))[1] as organization_id,
               min(organization_name) as organization_name, count(*) as events
        from catalogue_entries
        where is_listed
          and area_id is not null
          and last_ends_at > :now
          and status not in ('cancelled', 'completed')
        %s%s%sgroup by area_id
        order by area_id
        limit %d
        """
            .formatted(
                organization == null ? "" : "  and organization_id = :organization\n",
                city == null
                    ? ""
                    : "  and city_keys @> array[folded(:city)] and folded(city) = folded(:city)\n",
                after == null ? "" : "  and area_id > :after\n",
                limit);
    return database.read(
        handle -> {
          Query sql = handle.createQuery(text).bind("now", now.atOffset(ZoneOffset.UTC));
          if (organization != null) {
            sql.bind("organization", organization);
          }
          if (city != null) {
            sql.bind("city", city);
          }
          if (after != null) {
            sql.bind("after", after);
          }
          return sql.map((row, context) -> area(row)).list();
        });
  }

  Optional<PublicArea> findArea(UUID id, Instant now) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    select area_id, min(area_name) as area_name, min(address) as address,
                           min(city) as city, min(latitude) as latitude,
                           min(longitude) as longitude,
                           (array_agg(organization_id))[1] as organization_id,
                           min(organization_name) as organization_name, count(*) as events
                    from catalogue_entries
                    where is_listed
                      and area_id = :area
                      and last_ends_at > :now
                      and status not in ('cancelled', 'completed')
                    group by area_id
                    """)
                .bind("area", id)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .map((row, context) -> area(row))
                .findOne());
  }

  private static PublicArea area(ResultSet row) throws SQLException {
    return new PublicArea(
        place(row),
        row.getObject("organization_id", UUID.class),
        row.getString("organization_name"),
        row.getLong("events"));
  }

  private Map<String, Translation> translations(String text) {
    try {
      return json.readValue(text, Argument.mapOf(String.class, Translation.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<PublicTicketType> ticketTypes(String text) {
    try {
      return json.readValue(text, Argument.listOf(PublicTicketType.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static @Nullable Instant findInstant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
