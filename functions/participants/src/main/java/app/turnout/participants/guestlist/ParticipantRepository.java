package app.turnout.participants.guestlist;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.domain.TravelMode;
import app.turnout.platform.attendance.CheckedInBy;
import app.turnout.platform.attendance.ParticipantDetails;
import app.turnout.platform.attendance.ParticipantStatus;
import app.turnout.platform.json.Texts;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Participants of the tenant that the transaction has entered, with their consent.
@Singleton
public final class ParticipantRepository {
  private static final String PARTICIPANT =
      """
      select p.id, p.event_id, p.occurrence_id, p.name, p.phone, p.email, p.locale, p.note, p.tags,
             p.travel_mode, p.status, p.checked_in_at, p.checked_in_by_kind, p.checked_in_by, p.created_at,
             p.version, c.granted, c.changed_at
      from participants p
      left join consents c on c.participant_id = p.id
      """;

  private final Database database;

  ParticipantRepository(Database database) {
    this.database = database;
  }

  /// One, with their consent.
  public Optional<Participant> find(ParticipantId id) {
    return database
        .handle()
        .createQuery(PARTICIPANT + "where p.id = :id")
        .bind("id", id.value())
        .map((row, context) -> read(row))
        .findOne();
  }

  /// As above, and nobody else changes them until the transaction ends.
  public Optional<Participant> lock(ParticipantId id) {
    return database
        .handle()
        .createQuery(PARTICIPANT + "where p.id = :id for update of p")
        .bind("id", id.value())
        .map((row, context) -> read(row))
        .findOne();
  }

  /// Throws NoSuchElementException.
  public Participant get(ParticipantId id) {
    return find(id).orElseThrow(() -> new NoSuchElementException("participant " + id));
  }

  /// Those of these ids that are there.
  public Map<UUID, Participant> findAll(List<UUID> ids) {
    return database
        .handle()
        .createQuery(PARTICIPANT + "where p.id = any(:ids)")
        .bindArray("ids", UUID.class, ids)
        .map((row, context) -> read(row))
        .stream()
        .collect(Collectors.toMap(participant -> participant.id().value(), Function.identity()));
  }

  /// In the order in which they were added.
  ///
  /// @param after the last one of the page before; null for the first page
  public List<Participant> list(
      OccurrenceId occurrence, ParticipantFilter filter, @Nullable UUID after, int limit) {
    return database
        .handle()
        .createQuery(
            PARTICIPANT
                + """
                where p.occurrence_id = :occurrence
                  and (cast(:after as uuid) is null or p.id > cast(:after as uuid))
                  and (cast(:status as text) is null or p.status = cast(:status as text))
                  and (cast(:tag as text) is null or cast(:tag as text) = any(p.tags))
                  and (
                    cast(:like as text) is null
                    or p.name ilike cast(:like as text)
                    or p.email ilike cast(:like as text)
                    or p.phone like cast(:like as text))
                order by p.id
                limit :limit
                """)
        .bind("occurrence", occurrence.value())
        .bind("after", after)
        .bind("status", filter.storedStatus())
        .bind("tag", filter.tag())
        .bind("like", filter.like())
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  /// Nobody stores positions of the participant until the transaction ends.
  public void lockConsent(ParticipantId participant) {
    database
        .handle()
        .createQuery("select participant_id from consents where participant_id = :id for update")
        .bind("id", participant.value())
        .mapTo(UUID.class)
        .list();
  }

  /// The country of the organization that was entered; null when nobody said.
  public @Nullable String country(OrganizationId organization) {
    return database
        .handle()
        .createQuery("select country from organizations where id = :id")
        .bind("id", organization.value())
        .mapTo(String.class)
        .findOne()
        .orElse(null);
  }

  /// Whoever was made from the roster is not made for this date again.
  void rememberAbsence(ParticipantId participant) {
    database
        .handle()
        .createUpdate(
            """
            insert into roster_absences (roster_member_id, occurrence_id, organization_id)
            select roster_member_id, occurrence_id, organization_id
            from participants
            where id = :id
              and roster_member_id is not null
            on conflict do nothing
            """)
        .bind("id", participant.value())
        .execute();
  }

  /// Forgets the participant's consent and links.
  public void forgetBelongings(ParticipantId participant) {
    for (String table : List.of("consents", "participant_links")) {
      database
          .handle()
          .createUpdate("delete from " + table + " where participant_id = :id")
          .bind("id", participant.value())
          .execute();
    }
  }

  /// Stores what the participant says of being located. Saying the same again changes nothing; a
  /// later word has a later time, whatever the clocks say.
  Consent changeConsent(
      OrganizationId organization, ParticipantId participant, boolean granted, Instant now) {
    return database
        .handle()
        .createQuery(
            """
            with said as (
              insert into consents as c (
                participant_id, organization_id, granted, changed_at, positions_visible_to)
              select p.id, :organization, :granted, :now, e.positions_visible_to
              from participants p
              join events e on e.id = p.event_id
              where p.id = :participant
              on conflict (participant_id) do update
                set granted = excluded.granted,
                    changed_at = case
                      when c.granted = excluded.granted then c.changed_at
                      else greatest(
                        excluded.changed_at, c.changed_at + interval '1 microsecond')
                    end,
                    positions_visible_to = case
                      when excluded.granted then excluded.positions_visible_to
                      else c.positions_visible_to
                    end,
                    withdrawn_at = case
                      when c.granted and not excluded.granted then excluded.changed_at
                      else c.withdrawn_at
                    end
              returning granted, changed_at)
            select granted, changed_at
            from said
            """)
        .bind("participant", participant.value())
        .bind("organization", organization.value())
        .bind("granted", granted)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .map(
            (row, context) ->
                new Consent(
                    row.getBoolean("granted"),
                    row.getObject("changed_at", OffsetDateTime.class).toInstant()))
        .one();
  }

  private static Participant read(ResultSet row) throws SQLException {
    OffsetDateTime consentChangedAt = row.getObject("changed_at", OffsetDateTime.class);
    return new Participant(
        new ParticipantId(row.getObject("id", UUID.class)),
        new EventId(row.getObject("event_id", UUID.class)),
        new OccurrenceId(row.getObject("occurrence_id", UUID.class)),
        new ParticipantDetails(
            row.getString("name"),
            row.getString("phone"),
            row.getString("email"),
            row.getString("locale"),
            row.getString("note"),
            List.of((String[]) row.getArray("tags").getArray()),
            Texts.constant(TravelMode.class, row.getString("travel_mode"))),
        ParticipantStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        checkIn(row),
        consentChangedAt == null
            ? Consent.NEVER_ASKED
            : new Consent(row.getBoolean("granted"), consentChangedAt.toInstant()),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getLong("version"));
  }

  private static Participant.@Nullable CheckIn checkIn(ResultSet row) throws SQLException {
    OffsetDateTime at = row.getObject("checked_in_at", OffsetDateTime.class);
    if (at == null) {
      return null;
    }
    String kind = row.getString("checked_in_by_kind");
    return new Participant.CheckIn(
        at.toInstant(),
        kind == null
            ? null
            : new CheckedInBy(
                CheckedInBy.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                row.getObject("checked_in_by", UUID.class)));
  }
}
