package app.turnout.messaging.relay.mail;

import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who is expected at a date and can be reached by e-mail, and what they are told of it, as things
/// are when the mail leaves.
@Singleton
final class ExpectedPeople {
  /// Somebody and their date.
  ///
  /// @param event its title, in their language where there is one
  /// @param area null when it is held at none
  /// @param reason why it was cancelled; null when nobody said
  record Expected(
      String email,
      String locale,
      String event,
      String organization,
      ZonedDateTime startsAt,
      @Nullable String area,
      boolean isCancelled,
      @Nullable String reason) {}

  private final Database database;

  ExpectedPeople(Database database) {
    this.database = database;
  }

  /// One page of those who are expected and have an address; who said no is not.
  ///
  /// @param after the last one of the page before; null for the first page
  List<UUID> list(UUID occurrence, @Nullable UUID after, int limit) {
    return database
        .handle()
        .createQuery(
            """
            select id
            from participants
            where occurrence_id = :occurrence
              and email is not null
              and status <> 'denied'
              and (cast(:after as uuid) is null or id > cast(:after as uuid))
            order by id
            limit :limit
            """)
        .bind("occurrence", occurrence)
        .bind("after", after)
        .bind("limit", limit)
        .mapTo(UUID.class)
        .list();
  }

  /// Whose date it is.
  Optional<UUID> findOrganization(UUID occurrence) {
    return database
        .handle()
        .createQuery("select organization_id from occurrences where id = :occurrence")
        .bind("occurrence", occurrence)
        .mapTo(UUID.class)
        .findOne();
  }

  Optional<Expected> find(UUID participant) {
    return database
        .handle()
        .createQuery(
            """
            select p.email, p.locale,
                   case
                     when d.title = e.title
                     then coalesce(e.translations -> left(p.locale, 2) ->> 'title', e.title)
                     else d.title end as event,
                   n.name as organization, o.starts_at, o.time_zone, d.area_name as area,
                   'cancelled' in (o.status, e.status) as is_cancelled,
                   coalesce(o.cancellation_reason, e.cancellation_reason) as cancellation_reason
            from participants p
            join occurrences o on o.id = p.occurrence_id
            join occurrence_details d on d.id = o.id
            join events e on e.id = o.event_id
            join organizations n on n.id = e.organization_id
            where p.id = :participant
              and p.email is not null
            """)
        .bind("participant", participant)
        .map(
            (row, context) ->
                new Expected(
                    row.getString("email"),
                    row.getString("locale"),
                    row.getString("event"),
                    row.getString("organization"),
                    row.getObject("starts_at", OffsetDateTime.class)
                        .atZoneSameInstant(ZoneId.of(row.getString("time_zone"))),
                    row.getString("area"),
                    row.getBoolean("is_cancelled"),
                    row.getString("cancellation_reason")))
        .findOne();
  }
}
