package app.turnout.platform.attendance;

import app.turnout.platform.persistence.Database;
import app.turnout.platform.plans.PlanAllowance;
import jakarta.inject.Singleton;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/// Makes participants, for whichever area expects them, and forgets them.
@Singleton
public final class Attendance {
  private final Database database;
  private final PlanAllowance plan;

  Attendance(Database database, PlanAllowance plan) {
    this.database = database;
    this.plan = plan;
  }

  /// Stores a participant, `pending`, in the open transaction. They take no seat; the tenant's plan
  /// must allow them, else `plan_limit_reached`.
  public void expect(ExpectedParticipant participant) {
    plan.mustAllowParticipants(participant.organization(), participant.occurrence(), 1);
    database
        .handle()
        .createUpdate(
            """
            insert into participants (
              id, organization_id, event_id, occurrence_id, name, phone, email, locale, status,
              created_at, updated_at, version)
            values (
              :id, :organization, :event, :occurrence, :name, :phone, :email, :locale, :status,
              :now, :now, 1)
            """)
        .bind("id", participant.id().value())
        .bind("organization", participant.organization().value())
        .bind("event", participant.event().value())
        .bind("occurrence", participant.occurrence().value())
        .bind("name", participant.name())
        .bind("phone", participant.phone())
        .bind("email", participant.email())
        .bind("locale", participant.locale())
        .bind("status", ParticipantStatus.PENDING.name().toLowerCase(Locale.ROOT))
        .bind("now", participant.createdAt().atOffset(ZoneOffset.UTC))
        .execute();
  }

  /// Removes participants for ever, in the open transaction; answers how many there were.
  public long forget(List<UUID> participants) {
    return database
        .handle()
        .createUpdate("delete from participants where id = any(:ids)")
        .bindArray("ids", UUID.class, participants)
        .execute();
  }
}
