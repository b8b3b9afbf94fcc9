package app.turnout.platform.attendance;

import app.turnout.domain.ParticipantId;
import app.turnout.platform.live.LiveChange;
import app.turnout.platform.live.LiveNews;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/// Makes one participant of several, in the open transaction; the caller holds the locks of their
/// rows.
@Singleton
public final class AttendanceMerge {
  private final Database database;
  private final LiveNews liveNews;

  AttendanceMerge(Database database, LiveNews liveNews) {
    this.database = database;
    this.liveNews = liveNews;
  }

  /// Gives a participant these details, and the strongest status among theirs and the others': who
  /// came has come, with the time and by whom it was first; then who said yes, who said no, who did
  /// not come, and who said nothing.
  public void merge(
      ParticipantId kept, ParticipantDetails details, List<UUID> others, Instant now) {
    List<LiveNews.Concerned> changed =
        database
            .handle()
            .createQuery(
                """
                with strongest as (
                  select status, status_before_check_in, checked_in_at, checked_in_by_kind,
                         checked_in_by
                  from participants
                  where id = :kept or id = any(:others)
                  order by
                    array_position(
                      array['checked_in', 'confirmed', 'denied', 'no_show', 'pending'], status),
                    checked_in_at,
                    id
                  limit 1)
                update participants p
                set name = :name,
                    phone = cast(:phone as text),
                    email = cast(:email as text),
                    locale = :locale,
                    note = cast(:note as text),
                    tags = :tags,
                    status = s.status,
                    status_before_check_in = s.status_before_check_in,
                    checked_in_at = s.checked_in_at,
                    checked_in_by_kind = s.checked_in_by_kind,
                    checked_in_by = s.checked_in_by,
                    updated_at = :now,
                    version = p.version + 1
                from strongest s
                where p.id = :kept
                returning p.id, p.organization_id, p.occurrence_id
                """)
            .bind("kept", kept.value())
            .bindArray("others", UUID.class, others)
            .bind("name", details.name())
            .bind("phone", details.phone())
            .bind("email", details.email())
            .bind("locale", details.locale())
            .bind("note", details.note())
            .bindArray("tags", String.class, details.tags())
            .bind("now", now.atOffset(ZoneOffset.UTC))
            .map((row, context) -> LiveNews.Concerned.read(row))
            .list();
    liveNews.tell(changed, LiveChange.Updated::new);
  }

  /// From now on the participant is the row of a member of the roster, who has no other one there.
  public void adopt(ParticipantId participant, UUID rosterMember) {
    database
        .handle()
        .createUpdate("update participants set roster_member_id = :member where id = :id")
        .bind("member", rosterMember)
        .bind("id", participant.value())
        .execute();
  }
}
