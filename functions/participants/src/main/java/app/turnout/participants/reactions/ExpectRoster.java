package app.turnout.participants.reactions;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.platform.attendance.Attendance;
import app.turnout.platform.attendance.RosterAttendance;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.outbox.Outbox;
import app.turnout.platform.outbox.OutboxNudge;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.reactions.AreaEvent;
import app.turnout.platform.reactions.AreaEventHandler;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Expects an event's roster at each of its dates that is not over and lacks somebody, some hundred
/// people a transaction. It looks for what is missing, so it may run twice, late, or beside itself;
/// who is missing because the plan has no place left there, the next run finds again.
@Singleton
final class ExpectRoster {
  private static final int DATES = 100;
  private static final int MEMBERS = 500;

  private final Database database;
  private final Attendance attendance;
  private final RosterAttendance rosterAttendance;
  private final AuditLog auditLog;
  private final Outbox outbox;
  private final OutboxNudge nudge;
  private final InstantSource time;

  ExpectRoster(
      Database database,
      Attendance attendance,
      RosterAttendance rosterAttendance,
      AuditLog auditLog,
      Outbox outbox,
      OutboxNudge nudge,
      InstantSource time) {
    this.database = database;
    this.attendance = attendance;
    this.rosterAttendance = rosterAttendance;
    this.auditLog = auditLog;
    this.outbox = outbox;
    this.nudge = nudge;
    this.time = time;
  }

  /// The events that make it necessary.
  @Factory
  static final class Handlers {
    @Singleton
    @Named("dates-made")
    AreaEventHandler datesMade(ExpectRoster expectRoster) {
      return new Handler("dates_made", expectRoster);
    }

    @Singleton
    @Named("roster-changed")
    AreaEventHandler rosterChanged(ExpectRoster expectRoster) {
      return new Handler("roster_changed", expectRoster);
    }
  }

  private record Handler(String kind, ExpectRoster expectRoster) implements AreaEventHandler {
    @Override
    public void handle(AreaEvent event, BooleanSupplier isTimeLeft) {
      expectRoster.expect(event, isTimeLeft);
    }
  }

  private void expect(AreaEvent event, BooleanSupplier isTimeLeft) {
    OrganizationId organization = new OrganizationId(event.id("organization_id"));
    EventId about = new EventId(event.id("event_id"));
    @Nullable UUID after = event.payload().containsKey("after") ? event.id("after") : null;
    while (true) {
      UUID from = after;
      List<UUID> dates =
          database.inTransaction(() -> lacking(organization, about, from, time.instant()));
      for (UUID date : dates) {
        boolean isMore = true;
        while (isMore && isTimeLeft.getAsBoolean()) {
          isMore =
              database.inTransaction(
                  () -> expectSome(organization, about, new OccurrenceId(date)) == MEMBERS);
        }
        if (isMore) {
          goOn(event, after);
          return;
        }
        after = date;
      }
      if (dates.size() < DATES) {
        return;
      }
    }
  }

  /// Dates that somebody of the roster is missing at, in the order of their ids.
  private List<UUID> lacking(
      OrganizationId organization, EventId event, @Nullable UUID after, Instant now) {
    return database
        .handle()
        .createQuery(
            """
            select o.id
            from occurrences o
            join events e on e.id = o.event_id
            where o.event_id = :event
              and o.organization_id = :organization
              and o.ends_at > :now
              and 'cancelled' not in (o.status, e.status)
              and (cast(:after as uuid) is null or o.id > cast(:after as uuid))
              and exists (
                select from roster_members r
                where r.event_id = o.event_id
                  and not exists (
                    select from participants p
                    where p.roster_member_id = r.id and p.occurrence_id = o.id)
                  and not exists (
                    select from roster_absences a
                    where a.roster_member_id = r.id and a.occurrence_id = o.id))
            order by o.id
            limit :limit
            """)
        .bind("event", event.value())
        .bind("organization", organization.value())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("after", after)
        .bind("limit", DATES)
        .mapTo(UUID.class)
        .list();
  }

  /// How many are expected now who were not.
  private int expectSome(OrganizationId organization, EventId event, OccurrenceId occurrence) {
    int places = attendance.placesLeft(organization, occurrence);
    List<UUID> missing = lockMissing(event, occurrence, Math.min(places, MEMBERS));
    if (!missing.isEmpty()) {
      rosterAttendance.expect(organization, event, occurrence, missing, time.instant());
      auditLog.recordAsSystem(
          new AuditEntry(
              organization,
              "roster.expected",
              "occurrence",
              occurrence.value(),
              null,
              Map.of("participants", missing.size())));
    }
    return missing.size();
  }

  /// Nobody changes them, or takes them off, until the transaction ends.
  private List<UUID> lockMissing(EventId event, OccurrenceId occurrence, int limit) {
    return database
        .handle()
        .createQuery(
            """
            select r.id
            from roster_members r
            where r.event_id = :event
              and not exists (
                select from participants p
                where p.roster_member_id = r.id and p.occurrence_id = :occurrence)
              and not exists (
                select from roster_absences a
                where a.roster_member_id = r.id and a.occurrence_id = :occurrence)
            order by r.id
            limit :limit
            for share of r
            """)
        .bind("event", event.value())
        .bind("occurrence", occurrence.value())
        .bind("limit", limit)
        .mapTo(UUID.class)
        .list();
  }

  private void goOn(AreaEvent event, @Nullable UUID after) {
    Map<String, String> payload = new HashMap<>(event.payload());
    if (after != null) {
      payload.put("after", after.toString());
    }
    database.run(
        () -> {
          outbox.write(
              new OrganizationId(event.id("organization_id")),
              event.kind(),
              "event:" + event.id("event_id"),
              payload);
          nudge.wakeRelay();
        });
  }
}
