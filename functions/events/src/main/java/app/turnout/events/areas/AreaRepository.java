package app.turnout.events.areas;

import app.turnout.domain.AreaId;
import app.turnout.domain.EventId;
import app.turnout.domain.GeoPoint;
import app.turnout.domain.OrganizationId;
import app.turnout.events.Catalogue;
import app.turnout.platform.persistence.Database;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Areas of the tenant that the transaction has entered.
@Singleton
public final class AreaRepository {
  private final Database database;
  private final Catalogue catalogue;
  private final JsonMapper json;

  AreaRepository(Database database, Catalogue catalogue, JsonMapper json) {
    this.database = database;
    this.catalogue = catalogue;
    this.json = json;
  }

  void insert(OrganizationId organization, Area area) {
    database
        .handle()
        .createUpdate(
            """
            insert into areas (
              id, organization_id, name, address, city, latitude, longitude, capacity, layout,
              created_at, updated_at, version)
            values (
              :id, :organization, :name, :address, :city, :latitude, :longitude, :capacity,
              cast(:layout as jsonb), :now, :now, :version)
            """)
        .bind("id", area.id().value())
        .bind("organization", organization.value())
        .bind("name", area.name())
        .bind("address", area.address())
        .bind("city", area.city())
        .bind("latitude", area.position().latitude())
        .bind("longitude", area.position().longitude())
        .bind("capacity", area.capacity())
        .bind("layout", text(area.layout()))
        .bind("now", area.createdAt().atOffset(ZoneOffset.UTC))
        .bind("version", area.version())
        .execute();
  }

  void update(Area area) {
    database
        .handle()
        .createUpdate(
            """
            update areas
            set name = :name,
                address = :address,
                city = :city,
                latitude = :latitude,
                longitude = :longitude,
                capacity = :capacity,
                layout = cast(:layout as jsonb),
                archived_at = :archivedAt,
                updated_at = :now,
                version = :version
            where id = :id
            """)
        .bind("id", area.id().value())
        .bind("name", area.name())
        .bind("address", area.address())
        .bind("city", area.city())
        .bind("latitude", area.position().latitude())
        .bind("longitude", area.position().longitude())
        .bind("capacity", area.capacity())
        .bind("layout", text(area.layout()))
        .bind(
            "archivedAt",
            area.archivedAt() == null ? null : area.archivedAt().atOffset(ZoneOffset.UTC))
        .bind("now", area.updatedAt().atOffset(ZoneOffset.UTC))
        .bind("version", area.version())
        .execute();
    catalogue.refresh(catalogue.heldIn(area.id()));
  }

  /// Whether an event is held there that is not over, or not archived yet.
  boolean isUsed(AreaId id, Instant now) {
    return database
        .handle()
        .createQuery(
            """
            select exists (
              select
              from events e
              where e.area_id = :id
                and (e.archived_at is null
                  or (e.status not in ('completed', 'cancelled')
                    and exists (
                      select from occurrences o where o.event_id = e.id and o.ends_at > :now))))
            """)
        .bind("id", id.value())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .mapTo(Boolean.class)
        .one();
  }

  /// The area goes; the events that were held there keep its position.
  void delete(Area area) {
    List<EventId> held = catalogue.heldIn(area.id());
    database
        .handle()
        .createUpdate(
            """
            update events
            set area_id = null, latitude = :latitude, longitude = :longitude
            where area_id = :id
            """)
        .bind("id", area.id().value())
        .bind("latitude", area.position().latitude())
        .bind("longitude", area.position().longitude())
        .execute();
    database
        .handle()
        .createUpdate("delete from areas where id = :id")
        .bind("id", area.id().value())
        .execute();
    catalogue.refresh(held);
  }

  public Optional<Area> find(AreaId id) {
    return find("select * from areas where id = :id", id);
  }

  /// As [#find], and no other transaction changes the area, or plans an event there, until this one
  /// ends.
  Optional<Area> findForUpdate(AreaId id) {
    return find("select * from areas where id = :id for update", id);
  }

  private Optional<Area> find(String query, AreaId id) {
    return database
        .handle()
        .createQuery(query)
        .bind("id", id.value())
        .map((row, context) -> read(row))
        .findOne();
  }

  /// Oldest first.
  ///
  /// @param archived whether those that are archived are asked for, or those that are not
  /// @param after the last one of the page before; null for the first page
  List<Area> list(boolean archived, @Nullable UUID after, int limit) {
    return database
        .handle()
        .createQuery(
            """
            select id, name, address, city, latitude, longitude, capacity, null as layout,
                   archived_at, created_at, updated_at, version
            from areas
            where organization_id = current_organization()
              and (archived_at is not null) = :archived
              and (cast(:after as uuid) is null or id > cast(:after as uuid))
            order by id
            limit :limit
            """)
        .bind("archived", archived)
        .bind("after", after)
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  private Area read(ResultSet row) throws SQLException {
    String layout = row.getString("layout");
    OffsetDateTime archivedAt = row.getObject("archived_at", OffsetDateTime.class);
    return new Area(
        new AreaId(row.getObject("id", UUID.class)),
        row.getString("name"),
        row.getString("address"),
        row.getString("city"),
        new GeoPoint(row.getDouble("latitude"), row.getDouble("longitude")),
        row.getObject("capacity", Integer.class),
        layout == null ? null : layout(layout),
        archivedAt == null ? null : archivedAt.toInstant(),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at", OffsetDateTime.class).toInstant(),
        row.getLong("version"));
  }

  private @Nullable String text(@Nullable Layout layout) {
    try {
      return layout == null ? null : json.writeValueAsString(layout);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Layout layout(String text) {
    try {
      return json.readValue(text, Layout.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
