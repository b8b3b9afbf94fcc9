package app.turnout.participants.links;

import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.participants.guestlist.LinkResponse;
import app.turnout.participants.guestlist.ParticipantLinks;
import app.turnout.platform.idempotency.SecretRestorer;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.problem.ProblemException;
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

/// The links of the participants whose tenant was entered.
@Singleton
final class LinkBook implements SecretRestorer<MadeLinkResponse> {
  private static final String LINK =
      "select id, created_at, revoked_at, sent_at from participant_links ";

  private final Database database;
  private final ParticipantLinks links;

  LinkBook(Database database, ParticipantLinks links) {
    this.database = database;
    this.links = links;
  }

  /// Somebody whose row is locked: nobody else makes or sends links of theirs until the transaction
  /// ends.
  ///
  /// @param isOver whether nobody can come to their date any more
  record Holder(@Nullable String email, boolean isOver) {}

  Optional<Holder> lock(ParticipantId participant, Instant now) {
    return database
        .handle()
        .createQuery(
            """
            select p.email, o.ends_at <= :now or 'cancelled' in (o.status, e.status) as is_over
            from participants p
            join occurrences o on o.id = p.occurrence_id
            join events e on e.id = p.event_id
            where p.id = :id
            for no key update of p
            """)
        .bind("id", participant.value())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .map((row, context) -> new Holder(row.getString("email"), row.getBoolean("is_over")))
        .findOne();
  }

  boolean isKnown(ParticipantId participant) {
    return database
        .handle()
        .createQuery("select exists (select from participants where id = :id)")
        .bind("id", participant.value())
        .mapTo(Boolean.class)
        .one();
  }

  /// In the order in which they were made.
  ///
  /// @param after the last one of the page before; null for the first page
  List<ParticipantLink> list(ParticipantId participant, @Nullable UUID after, int limit) {
    return database
        .handle()
        .createQuery(
            LINK
                + """
                where participant_id = :participant
                  and (cast(:after as uuid) is null or id > cast(:after as uuid))
                order by id
                limit :limit
                """)
        .bind("participant", participant.value())
        .bind("after", after)
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  Optional<ParticipantLink> lock(ParticipantId participant, UUID link) {
    return database
        .handle()
        .createQuery(LINK + "where id = :id and participant_id = :participant for update")
        .bind("id", link)
        .bind("participant", participant.value())
        .map((row, context) -> read(row))
        .findOne();
  }

  /// How many are good.
  int count(ParticipantId participant) {
    return database
        .handle()
        .createQuery(
            """
            select count(*)
            from participant_links
            where participant_id = :participant
              and revoked_at is null
            """)
        .bind("participant", participant.value())
        .mapTo(Integer.class)
        .one();
  }

  MadeLinkResponse make(OrganizationId organization, ParticipantId participant, Instant now) {
    ParticipantLinks.Made made = links.make(organization, participant, now);
    return response(made.id(), made.link(), now.atOffset(ZoneOffset.UTC));
  }

  void revoke(UUID link, Instant now) {
    database
        .handle()
        .createUpdate("update participant_links set revoked_at = :now where id = :id")
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("id", link)
        .execute();
  }

  void markSent(UUID link, Instant now) {
    database
        .handle()
        .createUpdate("update participant_links set sent_at = :now where id = :id")
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("id", link)
        .execute();
  }

  /// Counts those of a date whom links would go to.
  ///
  /// @param sentBefore whoever was sent a good link since then is left out
  SendingResponse count(OccurrenceId occurrence, Instant sentBefore) {
    return database
        .handle()
        .createQuery(
            """
            select count(*) filter (where p.email is not null and not s.is_recent) as recipients,
                   count(*) filter (where p.email is not null and s.is_recent) as sent_recently,
                   count(*) filter (where p.email is null) as without_email
            from participants p
            cross join lateral (
              select exists (
                select from participant_links l
                where l.participant_id = p.id
                  and l.revoked_at is null
                  and l.sent_at >= :sentBefore) as is_recent) as s
            where p.occurrence_id = :occurrence
              and p.status in ('pending', 'confirmed')
            """)
        .bind("sentBefore", sentBefore.atOffset(ZoneOffset.UTC))
        .bind("occurrence", occurrence.value())
        .map(
            (row, context) ->
                new SendingResponse(
                    occurrence.value(),
                    row.getInt("recipients"),
                    row.getInt("sent_recently"),
                    row.getInt("without_email")))
        .one();
  }

  @Override
  public Class<MadeLinkResponse> type() {
    return MadeLinkResponse.class;
  }

  /// Throws NOT_FOUND when the link was revoked since, or its participant removed.
  @Override
  public MadeLinkResponse restore(MadeLinkResponse kept) {
    return database
        .handle()
        .createQuery(
            """
            select generation
            from participant_links
            where id = :id
              and revoked_at is null
            """)
        .bind("id", kept.id())
        .mapTo(Integer.class)
        .findOne()
        .map(generation -> response(kept.id(), links.show(kept.id(), generation), kept.createdAt()))
        .orElseThrow(() -> ProblemException.notFound("link"));
  }

  private static MadeLinkResponse response(UUID id, LinkResponse link, OffsetDateTime createdAt) {
    return new MadeLinkResponse(id, link.token(), link.url(), createdAt);
  }

  private static ParticipantLink read(ResultSet row) throws SQLException {
    return new ParticipantLink(
        row.getObject("id", UUID.class),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "revoked_at"),
        instant(row, "sent_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }
}
