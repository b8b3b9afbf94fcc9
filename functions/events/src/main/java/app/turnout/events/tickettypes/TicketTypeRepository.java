package app.turnout.events.tickettypes;

import app.turnout.domain.EventId;
import app.turnout.domain.Money;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.TicketTypeId;
import app.turnout.platform.http.Cursor;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/// Ticket types of the tenant that the transaction has entered.
@Singleton
final class TicketTypeRepository {
  private final Database database;

  TicketTypeRepository(Database database) {
    this.database = database;
  }

  /// How an event stands to its ticket types being changed.
  ///
  /// @param isOver completed, cancelled, or all its dates are over, though it was published
  record EventState(boolean isOver, boolean isArchived) {}

  /// Until the transaction ends, nobody else changes the event or its ticket types.
  Optional<EventState> lockEvent(EventId event, Instant now) {
    return database
        .handle()
        .createQuery(
            """
            select e.status in ('completed', 'cancelled')
                     or e.status <> 'draft'
                       and not exists (
                         select
                         from occurrences o
                         where o.event_id = e.id
                           and o.ends_at > :now) as is_over,
                   e.archived_at is not null as is_archived
            from events e
            where e.id = :event
            for no key update of e
            """)
        .bind("event", event.value())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .map(
            (row, context) ->
                new EventState(row.getBoolean("is_over"), row.getBoolean("is_archived")))
        .findOne();
  }

  boolean isEvent(EventId event) {
    return database
        .handle()
        .createQuery("select exists (select from events where id = :event)")
        .bind("event", event.value())
        .mapTo(Boolean.class)
        .one();
  }

  void insert(OrganizationId organization, TicketType type) {
    bound(
            type,
            """
            insert into ticket_types (
              id, organization_id, event_id, name, description, price_amount, price_currency,
              quantity, sales_from, sales_until, max_per_booking, position, archived_at,
              created_at, updated_at, version)
            values (
              :id, :organization, :event, :name, :description, :amount, :currency,
              :quantity, :salesFrom, :salesUntil, :maxPerBooking, :position, :archivedAt,
              :now, :now, :version)
            """)
        .bind("organization", organization.value())
        .bind("event", type.event().value())
        .execute();
  }

  void update(TicketType type) {
    bound(
            type,
            """
            update ticket_types
            set name = :name,
                description = :description,
                price_amount = :amount,
                price_currency = :currency,
                quantity = :quantity,
                sales_from = :salesFrom,
                sales_until = :salesUntil,
                max_per_booking = :maxPerBooking,
                position = :position,
                archived_at = :archivedAt,
                updated_at = :now,
                version = :version
            where id = :id
            """)
        .execute();
  }

  private Update bound(TicketType type, String statement) {
    return database
        .handle()
        .createUpdate(statement)
        .bind("id", type.id().value())
        .bind("name", type.name())
        .bind("description", type.description())
        .bind("amount", type.price().amount())
        .bind("currency", type.price().currency().getCurrencyCode())
        .bind("quantity", type.quantity())
        .bind("salesFrom", at(type.salesFrom()))
        .bind("salesUntil", at(type.salesUntil()))
        .bind("maxPerBooking", type.maxPerBooking())
        .bind("position", type.position())
        .bind("archivedAt", at(type.archivedAt()))
        .bind("now", at(type.updatedAt()))
        .bind("version", type.version());
  }

  void delete(TicketTypeId id) {
    database
        .handle()
        .createUpdate("delete from ticket_types where id = :id")
        .bind("id", id.value())
        .execute();
  }

  Optional<TicketType> find(EventId event, TicketTypeId id) {
    return database
        .handle()
        .createQuery("select * from ticket_types where event_id = :event and id = :id")
        .bind("event", event.value())
        .bind("id", id.value())
        .map((row, context) -> read(row))
        .findOne();
  }

  /// All of an event, archived ones too, in their order.
  List<TicketType> listAll(EventId event) {
    return database
        .handle()
        .createQuery("select * from ticket_types where event_id = :event order by position, id")
        .bind("event", event.value())
        .map((row, context) -> read(row))
        .list();
  }

  /// Those of an event in their order.
  ///
  /// @param archived whether those that are archived are asked for, or those that are not
  /// @param after position and id of the last one of the page before; null for the first page
  List<TicketType> list(EventId event, boolean archived, @Nullable Cursor after, int limit) {
    return database
        .handle()
        .createQuery(
            """
            select *
            from ticket_types
            where event_id = :event
              and (archived_at is not null) = :archived
              and (cast(:afterId as uuid) is null
                or (position, id) > (cast(:afterPosition as integer), cast(:afterId as uuid)))
            order by position, id
            limit :limit
            """)
        .bind("event", event.value())
        .bind("archived", archived)
        .bind("afterPosition", after == null ? null : (Long) after.number(0))
        .bind("afterId", after == null ? null : after.uuid(1))
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  private static TicketType read(ResultSet row) throws SQLException {
    return new TicketType(
        new TicketTypeId(row.getObject("id", UUID.class)),
        new EventId(row.getObject("event_id", UUID.class)),
        row.getString("name"),
        row.getString("description"),
        new Money(
            row.getLong("price_amount"), Currency.getInstance(row.getString("price_currency"))),
        row.getObject("quantity", Integer.class),
        instant(row, "sales_from"),
        instant(row, "sales_until"),
        row.getInt("max_per_booking"),
        row.getInt("position"),
        instant(row, "archived_at"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at", OffsetDateTime.class).toInstant(),
        row.getLong("version"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
