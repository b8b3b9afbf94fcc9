package app.turnout.platform.attendance;

import app.turnout.domain.ParticipantId;
import app.turnout.platform.live.LiveChange;
import app.turnout.platform.live.LiveNews;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Changes the status of one participant by [StatusMove]'s rules, in the open transaction, under
/// the lock of their row: of two who change it at once, the second sees what the first did.
@Singleton
public final class ParticipantStatuses {
  private final Database database;
  private final LiveNews liveNews;

  ParticipantStatuses(Database database, LiveNews liveNews) {
    this.database = database;
    this.liveNews = liveNews;
  }

  private record Locked(ParticipantStatus status, ParticipantStatus beforeCheckIn) {}

  public StatusOutcome confirm(ParticipantId participant, Instant now) {
    return move(participant, StatusMove.CONFIRM, null, now);
  }

  public StatusOutcome deny(ParticipantId participant, Instant now) {
    return move(participant, StatusMove.DENY, null, now);
  }

  /// Who is checked in already stays so, with the time and by whom it was first.
  public StatusOutcome checkIn(ParticipantId participant, CheckedInBy by, Instant now) {
    return move(participant, StatusMove.CHECK_IN, by, now);
  }

  /// Back to what it was before the check-in; who is not checked in stays as they are.
  public StatusOutcome undoCheckIn(ParticipantId participant, Instant now) {
    Optional<Locked> locked = lock(participant);
    if (locked.isEmpty()) {
      return new StatusOutcome.NoSuchParticipant();
    }
    ParticipantStatus present = locked.get().status();
    if (present != ParticipantStatus.CHECKED_IN) {
      return new StatusOutcome.Unchanged(present);
    }
    return change(participant, present, locked.get().beforeCheckIn(), null, now);
  }

  private StatusOutcome move(
      ParticipantId participant, StatusMove move, @Nullable CheckedInBy by, Instant now) {
    Optional<Locked> locked = lock(participant);
    if (locked.isEmpty()) {
      return new StatusOutcome.NoSuchParticipant();
    }
    ParticipantStatus present = locked.get().status();
    if (present == move.to()) {
      return new StatusOutcome.Unchanged(present);
    }
    if (!move.isAllowedFrom(present)) {
      return new StatusOutcome.Illegal(present, move.to());
    }
    return change(participant, present, move.to(), by, now);
  }

  private Optional<Locked> lock(ParticipantId participant) {
    return database
        .handle()
        .createQuery(
            """
            select status, coalesce(status_before_check_in, 'pending') as before_check_in
            from participants
            where id = :id
            for no key update
            """)
        .bind("id", participant.value())
        .map(
            (row, context) ->
                new Locked(
                    status(row.getString("status")), status(row.getString("before_check_in"))))
        .findOne();
  }

  private StatusOutcome change(
      ParticipantId participant,
      ParticipantStatus from,
      ParticipantStatus to,
      @Nullable CheckedInBy by,
      Instant now) {
    List<LiveNews.Concerned> changed =
        database
            .handle()
            .createQuery(
                """
                update participants
                set status = :to,
                    status_before_check_in = cast(:before as text),
                    checked_in_at = cast(:checkedInAt as timestamptz),
                    checked_in_by_kind = cast(:kind as text),
                    checked_in_by = cast(:by as uuid),
                    updated_at = :now,
                    version = version + 1
                where id = :id
                returning id, organization_id, occurrence_id
                """)
            .bind("to", stored(to))
            .bind("before", by == null ? null : stored(from))
            .bind("checkedInAt", by == null ? null : now.atOffset(ZoneOffset.UTC))
            .bind("kind", by == null ? null : by.kind().name().toLowerCase(Locale.ROOT))
            .bind("by", by == null ? null : by.id())
            .bind("now", now.atOffset(ZoneOffset.UTC))
            .bind("id", participant.value())
            .map((row, context) -> LiveNews.Concerned.read(row))
            .list();
    liveNews.tell(changed, LiveChange.Updated::new);
    return new StatusOutcome.Changed(from, to);
  }

  private static String stored(ParticipantStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  private static ParticipantStatus status(String stored) {
    return ParticipantStatus.valueOf(stored.toUpperCase(Locale.ROOT));
  }
}
