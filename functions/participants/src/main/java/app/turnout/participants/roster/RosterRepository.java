package app.turnout.participants.roster;

import app.turnout.domain.EventId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.TravelMode;
import app.turnout.platform.attendance.ParticipantDetails;
import app.turnout.platform.json.Texts;
import app.turnout.platform.json.WireName;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The rosters of the tenant that was entered.
@Singleton
final class RosterRepository {
  private static final String MEMBER =
      """
      select r.id, r.event_id, r.name, r.phone, r.email, r.locale, r.note, r.tags, r.travel_mode,
             r.created_at, r.version, d.expected, d.missing
      from roster_members r
      cross join lateral (
        select count(p.id) as expected,
               count(*) filter (
                 where p.id is null
                   and a.occurrence_id is null
                   and 'cancelled' not in (o.status, e.status)) as missing
        from events e
        join occurrences o on o.event_id = e.id and o.ends_at > :now
        left join participants p on p.roster_member_id = r.id and p.occurrence_id = o.id
        left join roster_absences a on a.roster_member_id = r.id and a.occurrence_id = o.id
        where e.id = r.event_id) as d
      """;

  private final Database database;

  RosterRepository(Database database) {
    this.database = database;
  }

  /// Whether nobody can be expected at an event's dates any more; empty when there is no such
  /// event.
  Optional<Boolean> findIsOver(EventId event) {
    return database
        .handle()
        .createQuery(
            "select status in ('completed', 'cancelled') or archived_at is not null"
                + " from events where id = :id")
        .bind("id", event.value())
        .mapTo(Boolean.class)
        .findOne();
  }

  int count(EventId event) {
    return database
        .handle()
        .createQuery("select count(*) from roster_members where event_id = :event")
        .bind("event", event.value())
        .mapTo(Integer.class)
        .one();
  }

  void add(
      UUID id,
      OrganizationId organization,
      EventId event,
      ParticipantDetails details,
      Instant now) {
    database
        .handle()
        .createUpdate(
            """
            insert into roster_members (
              id, organization_id, event_id, name, phone, email, locale, note, tags,
              travel_mode, created_at, updated_at, version)
            values (
              :id, :organization, :event, :name, cast(:phone as text), cast(:email as text),
              :locale, cast(:note as text), :tags, :travelMode, :now, :now, 1)
            """)
        .bind("id", id)
        .bind("organization", organization.value())
        .bind("event", event.value())
        .bind("name", details.name())
        .bind("phone", details.phone())
        .bind("email", details.email())
        .bind("locale", details.locale())
        .bind("note", details.note())
        .bindArray("tags", String.class, details.tags())
        .bind("travelMode", WireName.of(details.travelMode()))
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .execute();
  }

  void change(UUID id, ParticipantDetails details, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            update roster_members
            set name = :name,
                phone = cast(:phone as text),
                email = cast(:email as text),
                locale = :locale,
                note = cast(:note as text),
                tags = :tags,
                travel_mode = :travelMode,
                updated_at = :now,
                version = version + 1
            where id = :id
            """)
        .bind("name", details.name())
        .bind("phone", details.phone())
        .bind("email", details.email())
        .bind("locale", details.locale())
        .bind("note", details.note())
        .bindArray("tags", String.class, details.tags())
        .bind("travelMode", WireName.of(details.travelMode()))
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("id", id)
        .execute();
  }

  void remove(UUID id) {
    database
        .handle()
        .createUpdate("delete from roster_members where id = :id")
        .bind("id", id)
        .execute();
  }

  Optional<RosterMember> find(EventId event, UUID id, Instant now) {
    return database
        .handle()
        .createQuery(MEMBER + "where r.id = :id and r.event_id = :event")
        .bind("id", id)
        .bind("event", event.value())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .map((row, context) -> read(row))
        .findOne();
  }

  /// Nobody else changes the member, or expects them anywhere, until the transaction ends.
  Optional<RosterMember> lock(EventId event, UUID id, Instant now) {
    boolean isThere =
        database
            .handle()
            .createQuery(
                "select id from roster_members where id = :id and event_id = :event for update")
            .bind("id", id)
            .bind("event", event.value())
            .mapTo(UUID.class)
            .findOne()
            .isPresent();
    return isThere ? find(event, id, now) : Optional.empty();
  }

  /// In the order in which they were added.
  ///
  /// @param after the last one of the page before; null for the first page
  List<RosterMember> list(EventId event, @Nullable UUID after, int limit, Instant now) {
    return database
        .handle()
        .createQuery(
            MEMBER
                + """
                where r.event_id = :event
                  and (cast(:after as uuid) is null or r.id > cast(:after as uuid))
                order by r.id
                limit :limit
                """)
        .bind("event", event.value())
        .bind("after", after)
        .bind("limit", limit)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .map((row, context) -> read(row))
        .list();
  }

  /// Locks the member's rows on dates that have not begun and that nobody has answered yet, and
  /// their consents before them, as whoever stores positions does.
  List<Unanswered> lockUnanswered(UUID member, Instant now) {
    database
        .handle()
        .createQuery(
            """
            select c.participant_id
            from consents c
            join participants p on p.id = c.participant_id
            where p.roster_member_id = :member
            order by c.participant_id
            for update of c
            """)
        .bind("member", member)
        .mapTo(UUID.class)
        .list();
    return database
        .handle()
        .createQuery(
            """
            select p.id, exists (select from consents c where c.participant_id = p.id) as consented
            from participants p
            join occurrences o on o.id = p.occurrence_id
            where p.roster_member_id = :member
              and p.status = 'pending'
              and o.starts_at > :now
            order by p.id
            for update of p
            """)
        .bind("member", member)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .map(
            (row, context) ->
                new Unanswered(row.getObject("id", UUID.class), row.getBoolean("consented")))
        .list();
  }

  /// A row that goes with the member.
  ///
  /// @param hasConsent whether they ever said something of being located
  record Unanswered(UUID id, boolean hasConsent) {}

  private static RosterMember read(ResultSet row) throws SQLException {
    return new RosterMember(
        row.getObject("id", UUID.class),
        new EventId(row.getObject("event_id", UUID.class)),
        new ParticipantDetails(
            row.getString("name"),
            row.getString("phone"),
            row.getString("email"),
            row.getString("locale"),
            row.getString("note"),
            List.of((String[]) row.getArray("tags").getArray()),
            Texts.constant(TravelMode.class, row.getString("travel_mode"))),
        row.getInt("expected"),
        row.getInt("missing"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getLong("version"));
  }
}
