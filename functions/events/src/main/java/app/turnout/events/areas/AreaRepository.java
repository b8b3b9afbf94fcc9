package app.turnout.events.areas;

import app.turnout.domain.AreaId;
import app.turnout.domain.GeoPoint;
import app.turnout.domain.OrganizationId;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
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

  AreaRepository(Database database) {
    this.database = database;
  }

  void insert(OrganizationId organization, Area area) {
    database
        .handle()
        .createUpdate(
            """
            insert into areas (
              id, organization_id, name, address, city, latitude, longitude, capacity,
              created_at, updated_at, version)
            values (
              :id, :organization, :name, :address, :city, :latitude, :longitude, :capacity,
              :now, :now, 1)
            """)
        .bind("id", area.id().value())
        .bind("organization", organization.value())
        .bind("name", area.name())
        .bind("address", area.address())
        .bind("city", area.city())
        .bind("latitude", area.position().latitude())
        .bind("longitude", area.position().longitude())
        .bind("capacity", area.capacity())
        .bind("now", area.createdAt().atOffset(ZoneOffset.UTC))
        .execute();
  }

  public Optional<Area> find(AreaId id) {
    return database
        .handle()
        .createQuery("select * from areas where id = :id")
        .bind("id", id.value())
        .map((row, context) -> read(row))
        .findOne();
  }

  /// Oldest first.
  ///
  /// @param after the last one of the page before; null for the first page
  List<Area> list(@Nullable UUID after, int limit) {
    return database
        .handle()
        .createQuery(
            """
            select *
            from areas
            where organization_id = current_organization()
              and (cast(:after as uuid) is null or id > cast(:after as uuid))
            order by id
            limit :limit
            """)
        .bind("after", after)
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  private static Area read(ResultSet row) throws SQLException {
    return new Area(
        new AreaId(row.getObject("id", UUID.class)),
        row.getString("name"),
        row.getString("address"),
        row.getString("city"),
        new GeoPoint(row.getDouble("latitude"), row.getDouble("longitude")),
        row.getObject("capacity", Integer.class),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at", OffsetDateTime.class).toInstant());
  }
}
