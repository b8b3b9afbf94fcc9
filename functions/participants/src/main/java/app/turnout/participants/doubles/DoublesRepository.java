package app.turnout.participants.doubles;

import app.turnout.domain.OccurrenceId;
import app.turnout.domain.ParticipantId;
import app.turnout.platform.http.Cursor;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Doubles of the tenant that was entered, and what is only theirs.
@Singleton
final class DoublesRepository {
  private final Database database;

  DoublesRepository(Database database) {
    this.database = database;
  }

  /// In the order of the first of each.
  ///
  /// @param after first participant and kind of the last one of the page before; null for the first
  List<Doubles> list(OccurrenceId occurrence, @Nullable Cursor after, int limit, int shown) {
    return database
        .handle()
        .createQuery(
            """
            with known as (
              select id, 'phone' as kind, phone as value
              from participants
              where occurrence_id = :occurrence
                and phone is not null
              union all
              select id, 'email', lower(email)
              from participants
              where occurrence_id = :occurrence
                and email is not null),
            doubles as (
              select kind, value, array_agg(id order by id) as ids
              from known
              group by kind, value
              having count(*) > 1)
            select kind, value, cardinality(ids) as count, ids[1 : cast(:shown as int)] as ids
            from doubles
            where cast(:after as uuid) is null
               or (ids[1], kind) > (cast(:after as uuid), cast(:afterKind as text))
            order by doubles.ids[1], kind
            limit :limit
            """)
        .bind("occurrence", occurrence.value())
        .bind("shown", shown)
        .bind("after", after == null ? null : after.uuid(0))
        .bind("afterKind", after == null ? null : after.text(1))
        .bind("limit", limit)
        .map(
            (row, context) ->
                new Doubles(
                    Shared.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                    row.getString("value"),
                    row.getInt("count"),
                    List.of((UUID[]) row.getArray("ids").getArray())))
        .list();
  }

  /// Where a page goes on.
  static Cursor cursor(Doubles doubles) {
    return Cursor.of(
        doubles.participants().getFirst(), doubles.by().name().toLowerCase(Locale.ROOT));
  }

  /// Locks what some participants say of being located, and then themselves, each in the order of
  /// their ids: so does whoever stores positions. Answers those who are there.
  List<UUID> lock(List<UUID> participants) {
    database
        .handle()
        .createQuery(
            """
            select participant_id
            from consents
            where participant_id = any(:ids)
            order by participant_id
            for update
            """)
        .bindArray("ids", UUID.class, participants)
        .mapTo(UUID.class)
        .list();
    return database
        .handle()
        .createQuery("select id from participants where id = any(:ids) order by id for update")
        .bindArray("ids", UUID.class, participants)
        .mapTo(UUID.class)
        .list();
  }

  /// Whoever holds a link of those who go acts for the one who stays.
  void moveLinks(List<UUID> from, ParticipantId kept) {
    database
        .handle()
        .createUpdate(
            "update participant_links set participant_id = :kept where participant_id = any(:from)")
        .bind("kept", kept.value())
        .bindArray("from", UUID.class, from)
        .execute();
  }

  /// The members of the roster that participants were made for, with theirs.
  List<UUID> rosterMembers(List<UUID> participants) {
    return database
        .handle()
        .createQuery(
            """
            select roster_member_id
            from participants
            where id = any(:ids)
              and roster_member_id is not null
            order by id
            """)
        .bindArray("ids", UUID.class, participants)
        .mapTo(UUID.class)
        .list();
  }

  /// Members of the roster whom the date does not expect again, since one row stands for them.
  void rememberAbsences(List<UUID> members, OccurrenceId occurrence) {
    database
        .handle()
        .createUpdate(
            """
            insert into roster_absences (roster_member_id, occurrence_id, organization_id)
            select id, :occurrence, organization_id
            from roster_members
            where id = any(:members)
            on conflict do nothing
            """)
        .bind("occurrence", occurrence.value())
        .bindArray("members", UUID.class, members)
        .execute();
  }
}
