package app.turnout.messaging.relay.mail;

import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who is expected at several dates of an event, each person once, and what became of their dates,
/// as things are when the mail leaves.
@Singleton
final class ChangedDates {
  /// Somebody, by their address.
  ///
  /// @param first of their participants, by id
  /// @param rows their participants, with the date of each
  record Person(UUID first, Map<UUID, UUID> rows) {
    Person {
      rows = Map.copyOf(rows);
    }
  }

  /// What is said of one date of somebody's.
  ///
  /// @param area null when it is held at none
  record Told(
      UUID participant,
      String email,
      String locale,
      String event,
      String organization,
      ZonedDateTime startsAt,
      @Nullable String area,
      boolean isCancelled,
      @Nullable String reason) {}

  private final Database database;

  ChangedDates(Database database) {
    this.database = database;
  }

  /// One page of those who have an address; who said no is not among them.
  ///
  /// @param after the last one of the page before; null for the first page
  List<Person> listPeople(Collection<UUID> dates, @Nullable UUID after, int limit) {
    return database
        .handle()
        .createQuery(
            """
            select people.ids[1] as first, people.ids, people.dates
            from (
              select array_agg(p.id order by p.id) as ids,
                     array_agg(p.occurrence_id order by p.id) as dates
              from participants p
              where p.occurrence_id = any(:dates)
                and p.email is not null
                and p.status <> 'denied'
              group by lower(p.email)) people
            where cast(:after as uuid) is null or people.ids[1] > cast(:after as uuid)
            order by people.ids[1]
            limit :limit
            """)
        .bindArray("dates", UUID.class, dates.toArray())
        .bind("after", after)
        .bind("limit", limit)
        .map(
            (row, context) ->
                new Person(
                    row.getObject("first", UUID.class),
                    rows(row.getArray("ids"), row.getArray("dates"))))
        .list();
  }

  private static Map<UUID, UUID> rows(Array ids, Array dates) throws SQLException {
    UUID[] participants = (UUID[]) ids.getArray();
    UUID[] occurrences = (UUID[]) dates.getArray();
    Map<UUID, UUID> rows = new HashMap<>();
    for (int i = 0; i < participants.length; i++) {
      rows.put(participants[i], occurrences[i]);
    }
    return rows;
  }

  /// Those of somebody's dates that are not over, in their order.
  List<Told> list(Collection<UUID> participants) {
    return database
        .handle()
        .createQuery(
            """
            select p.id, p.email, p.locale,
                   case
                     when d.title = e.title
                     then coalesce(e.translations -> left(p.locale, 2) ->> 'title', e.title)
                     else d.title end as event,
                   n.name as organization, o.starts_at, o.time_zone, d.area_name as area,
                   'cancelled' in (o.status, e.status) as is_cancelled,
                   coalesce(o.cancellation_reason, e.cancellation_reason) as reason
            from participants p
            join occurrences o on o.id = p.occurrence_id
            join occurrence_details d on d.id = o.id
            join events e on e.id = o.event_id
            join organizations n on n.id = e.organization_id
            where p.id = any(:participants)
              and p.email is not null
              and o.status <> 'completed'
            order by o.starts_at, o.id
            """)
        .bindArray("participants", UUID.class, participants.toArray())
        .map(
            (row, context) ->
                new Told(
                    row.getObject("id", UUID.class),
                    row.getString("email"),
                    row.getString("locale"),
                    row.getString("event"),
                    row.getString("organization"),
                    row.getObject("starts_at", OffsetDateTime.class)
                        .atZoneSameInstant(ZoneId.of(row.getString("time_zone"))),
                    row.getString("area"),
                    row.getBoolean("is_cancelled"),
                    row.getString("reason")))
        .list();
  }
}
