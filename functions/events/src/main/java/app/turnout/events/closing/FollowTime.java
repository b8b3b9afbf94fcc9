package app.turnout.events.closing;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.events.Catalogue;
import app.turnout.platform.attendance.NoShows;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.live.LiveChange;
import app.turnout.platform.live.LiveNews;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stores what time has done to dates and events: begun, closed, completed, archived. Callers read
/// statuses by time whether this ran or not; what only this does is to mark who did not come.
///
/// Each page is a transaction of its own, so what is done stays done whenever a run ends, and the
/// next one goes on. Organizations that are being deleted are not left out: nothing leaves the
/// house by this, and a deletion that is taken back finds all as it should be.
@Singleton
final class FollowTime {
  private static final Logger LOG = LoggerFactory.getLogger(FollowTime.class);

  private static final int DATES = 200;
  private static final int PARTICIPANTS = 1_000;
  private static final Duration UNARCHIVED = Duration.ofDays(7);

  private final Database database;
  private final DueStore due;
  private final NoShows noShows;
  private final Catalogue catalogue;
  private final AuditLog auditLog;
  private final LiveNews liveNews;
  private final InstantSource time;

  FollowTime(
      Database database,
      DueStore due,
      NoShows noShows,
      Catalogue catalogue,
      AuditLog auditLog,
      LiveNews liveNews,
      InstantSource time) {
    this.database = database;
    this.due = due;
    this.noShows = noShows;
    this.catalogue = catalogue;
    this.auditLog = auditLog;
    this.liveNews = liveNews;
    this.time = time;
  }

  /// Does all that is due, or as much as there is time for. Throws the first failure, after every
  /// step was tried.
  void run(BooleanSupplier isTimeLeft) {
    RuntimeException failure = null;
    failure = step("begin dates", failure, isTimeLeft, this::beginPage);
    failure = step("close dates", failure, isTimeLeft, this::closePage);
    failure = step("archive events", failure, isTimeLeft, this::archivePage);
    if (failure != null) {
      throw failure;
    }
  }

  /// @param page does some of it; answers whether there was any
  private @Nullable RuntimeException step(
      String name,
      @Nullable RuntimeException earlier,
      BooleanSupplier isTimeLeft,
      BooleanSupplier page) {
    try {
      while (isTimeLeft.getAsBoolean() && database.inTransaction(page::getAsBoolean)) {
        // The next page.
      }
      return earlier;
    } catch (RuntimeException e) {
      LOG.error("Could not {}", name, e);
      return earlier == null ? e : earlier;
    }
  }

  private boolean beginPage() {
    List<Due> begun = due.begin(time.instant(), DATES);
    record("occurrence.began", "occurrence", begun, "active");
    tellWatchers(begun);
    return !begun.isEmpty();
  }

  /// A date is closed once nobody is expected there; one with very many people takes several pages.
  private boolean closePage() {
    Instant now = time.instant();
    List<Due> over = due.claimOver(now, DATES);
    if (over.isEmpty()) {
      return false;
    }
    noShows.mark(
        over.stream().map(date -> new OccurrenceId(date.id())).toList(), PARTICIPANTS, now);
    Set<UUID> closed = new HashSet<>(due.close(over.stream().map(Due::id).toList(), now));
    List<Due> ended = over.stream().filter(date -> closed.contains(date.id())).toList();
    record("occurrence.completed", "occurrence", ended, "completed");
    tellWatchers(ended);
    Set<UUID> events = new LinkedHashSet<>();
    ended.forEach(date -> events.add(date.event()));
    if (!events.isEmpty()) {
      record("event.completed", "event", due.complete(events, now), "completed");
      catalogue.refresh(events.stream().map(EventId::new).toList());
    }
    return true;
  }

  private void tellWatchers(List<Due> dates) {
    for (Due date : dates) {
      liveNews.tell(
          date.organization(), new OccurrenceId(date.id()), List.of(new LiveChange.EventChanged()));
    }
  }

  private boolean archivePage() {
    Instant now = time.instant();
    List<Due> archived = due.archive(now.minus(UNARCHIVED), now, DATES);
    auditLog.recordAllAsSystem(
        archived.stream()
            .map(
                event ->
                    new AuditEntry(
                        event.organization(),
                        "event.archived",
                        "event",
                        event.id(),
                        null,
                        Map.of("archived_at", now.toString())))
            .toList());
    catalogue.refresh(archived.stream().map(event -> new EventId(event.id())).toList());
    return !archived.isEmpty();
  }

  /// What was so already is no change: a date that was completed before its time.
  private void record(String action, String subjectKind, List<Due> changed, String status) {
    auditLog.recordAllAsSystem(
        changed.stream()
            .filter(each -> !each.status().equals(status))
            .map(
                each ->
                    new AuditEntry(
                        each.organization(),
                        action,
                        subjectKind,
                        each.id(),
                        Map.of("status", each.status()),
                        Map.of("status", status)))
            .toList());
  }
}
