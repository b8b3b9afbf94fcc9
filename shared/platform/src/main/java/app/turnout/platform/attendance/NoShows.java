package app.turnout.platform.attendance;

import app.turnout.domain.OccurrenceId;
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

/// Marks those who did not come, by [StatusMove#MISS].
@Singleton
public final class NoShows {
  private final Database database;
  private final AuditLog auditLog;
  private final LiveNews liveNews;

  NoShows(Database database, AuditLog auditLog, LiveNews liveNews) {
    this.database = database;
    this.auditLog = auditLog;
    this.liveNews = liveNews;
  }

  private record NoShow(LiveNews.Concerned who, String before) {}

  /// Marks some who are still expected at dates that are over, in the open transaction, with an
  /// entry for each in the audit log. Whoever is being checked in is waited for, and stays so.
  ///
  /// @param most how many at once
  /// @return how many there were; as many as `most` when there may be more
  public int mark(List<OccurrenceId> dates, int most, Instant now) {
    List<NoShow> marked =
        database
            .handle()
            .createQuery(
                """
                with absent as materialized (
                  select p.id, p.status
                  from participants p
                  where p.occurrence_id = any(:dates)
                    and p.status = any(:from)
                  order by p.id
                  limit :most
                  for no key update of p)
                update participants p
                set status = 'no_show',
                    updated_at = :now,
                    version = p.version + 1
                from absent a
                where p.id = a.id
                returning p.id, p.organization_id, p.occurrence_id, a.status as before
                """)
            .bindArray("dates", UUID.class, dates.stream().map(OccurrenceId::value).toList())
            .bindArray("from", String.class, StatusMove.MISS.storedFrom())
            .bind("most", most)
            .bind("now", now.atOffset(ZoneOffset.UTC))
            .map(
                (row, context) -> new NoShow(LiveNews.Concerned.read(row), row.getString("before")))
            .list();
    liveNews.tell(marked.stream().map(NoShow::who).toList(), LiveChange.Updated::new);
    auditLog.recordAllAsSystem(
        marked.stream()
            .map(
                noShow ->
                    new AuditEntry(
                        noShow.who().organization(),
                        "participant.no_show",
                        "participant",
                        noShow.who().participant().value(),
                        Map.of("status", noShow.before()),
                        Map.of("status", "no_show")))
            .toList());
    return marked.size();
  }
}
