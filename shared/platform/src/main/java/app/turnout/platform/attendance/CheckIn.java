package app.turnout.platform.attendance;

import app.turnout.domain.ParticipantId;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.live.LiveChange;
import app.turnout.platform.live.LiveNews;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Checks in those who arrive. By hand, see [ParticipantStatuses].
@Singleton
public final class CheckIn {
  private final Database database;
  private final AuditLog auditLog;
  private final LiveNews liveNews;

  CheckIn(Database database, AuditLog auditLog, LiveNews liveNews) {
    this.database = database;
    this.auditLog = auditLog;
    this.liveNews = liveNews;
  }

  private record CheckedIn(LiveNews.Concerned who, String before) {}

  /// Checks in those who are expected, in the open transaction, with an entry for each in the audit
  /// log. Who denied, or is checked in already, stays so.
  ///
  /// @param arrived when each came
  public void checkIn(Map<ParticipantId, Instant> arrived, Instant now) {
    List<Map.Entry<ParticipantId, Instant>> entries = List.copyOf(arrived.entrySet());
    List<CheckedIn> checkedIn =
        database
            .handle()
            .createQuery(
                """
                with expected as materialized (
                  select p.id, p.status, a.arrived_at
                  from unnest(:participants, cast(:times as timestamptz[])) as a (id, arrived_at)
                  join participants p on p.id = a.id
                  where p.status = any(:from)
                  order by p.id
                  for no key update of p)
                update participants p
                set status = 'checked_in',
                    status_before_check_in = p.status,
                    checked_in_at = e.arrived_at,
                    checked_in_by_kind = 'arrival',
                    checked_in_by = null,
                    updated_at = :now,
                    version = p.version + 1
                from expected e
                where p.id = e.id
                returning p.id, p.organization_id, p.occurrence_id, e.status as before
                """)
            .bindArray(
                "participants", UUID.class, entries.stream().map(e -> e.getKey().value()).toList())
            .bindArray(
                "times", String.class, entries.stream().map(e -> e.getValue().toString()).toList())
            .bindArray("from", String.class, StatusMove.ARRIVE.storedFrom())
            .bind("now", now.atOffset(ZoneOffset.UTC))
            .map(
                (row, context) ->
                    new CheckedIn(LiveNews.Concerned.read(row), row.getString("before")))
            .list();
    liveNews.tell(checkedIn.stream().map(CheckedIn::who).toList(), LiveChange.Updated::new);
    auditLog.recordAllAsSystem(
        checkedIn.stream()
            .map(
                each ->
                    new AuditEntry(
                        each.who().organization(),
                        "participant.checked_in",
                        "participant",
                        each.who().participant().value(),
                        Map.of("status", each.before()),
                        Map.of("status", "checked_in")))
            .toList());
  }
}
