package app.turnout.participants.guestlist;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.platform.attendance.ParticipantStatus;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Participants of the tenant that the transaction has entered, with their consent.
@Singleton
final class ParticipantRepository {
  private static final String PARTICIPANT =
      """
      select p.id, p.event_id, p.occurrence_id, p.name, p.phone, p.email, p.locale, p.status,
             p.created_at, c.granted, c.changed_at
      from participants p
      left join consents c on c.participant_id = p.id
      """;

  private final Database database;

  ParticipantRepository(Database database) {
    this.database = database;
  }

  Optional<Participant> find(ParticipantId id) {
    return database
        .handle()
        .createQuery(PARTICIPANT + "where p.id = :id")
        .bind("id", id.value())
        .map((row, context) -> read(row))
        .findOne();
  }

  /// Throws NoSuchElementException.
  Participant get(ParticipantId id) {
    return find(id).orElseThrow(() -> new NoSuchElementException("participant " + id));
  }

  /// In the order in which they were added.
  ///
  /// @param after the last one of the page before; null for the first page
  List<Participant> list(OccurrenceId occurrence, @Nullable UUID after, int limit) {
    return database
        .handle()
        .createQuery(
            PARTICIPANT
                + """
                where p.occurrence_id = :occurrence
                  and (cast(:after as uuid) is null or p.id > cast(:after as uuid))
                order by p.id
                limit :limit
                """)
        .bind("occurrence", occurrence.value())
        .bind("after", after)
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  /// Stores what the participant says of being located. Saying the same again changes nothing.
  Consent changeConsent(
      OrganizationId organization, ParticipantId participant, boolean granted, Instant now) {
    return database
        .handle()
        .createQuery(
            """
            with said as (
              insert into consents as c (participant_id, organization_id, granted, changed_at)
              values (:participant, :organization, :granted, :now)
              on conflict (participant_id) do update
                set granted = excluded.granted,
                    changed_at = case
                      when c.granted = excluded.granted then c.changed_at
                      else excluded.changed_at
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
        row.getString("name"),
        row.getString("phone"),
        row.getString("email"),
        row.getString("locale"),
        ParticipantStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        consentChangedAt == null
            ? Consent.NEVER_ASKED
            : new Consent(row.getBoolean("granted"), consentChangedAt.toInstant()),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
