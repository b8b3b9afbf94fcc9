package app.turnout.events.series;

import app.turnout.domain.EventId;
import app.turnout.domain.OrganizationId;
import app.turnout.events.Catalogue;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.outbox.Outbox;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/// Keeps dates at the local time that people know, when a country changes the rules of its clocks:
/// a new time zone database comes with a new Java, and the instants that were stored by the old one
/// are computed anew. The organiser is told, since others' calendars may not know.
///
/// All dates to come are walked through once for each version of that database, and once a day
/// besides, since a function of an older version may have stored some meanwhile. A page a
/// transaction, which also keeps how far it came.
@Singleton
public final class FollowClocks {
  private static final int DATES = 2_000;
  private static final Duration PAUSE = Duration.ofDays(1);
  private static final Comparator<EventId> BY_ID = Comparator.comparing(EventId::value);

  private final Database database;
  private final ClockChecks checks;
  private final Catalogue catalogue;
  private final Outbox outbox;
  private final AuditLog auditLog;
  private final InstantSource time;

  FollowClocks(
      Database database,
      ClockChecks checks,
      Catalogue catalogue,
      Outbox outbox,
      AuditLog auditLog,
      InstantSource time) {
    this.database = database;
    this.checks = checks;
    this.catalogue = catalogue;
    this.outbox = outbox;
    this.auditLog = auditLog;
    this.time = time;
  }

  /// Walks on; answers how many dates follow other instants now.
  public long follow(BooleanSupplier isTimeLeft) {
    String rules = ZoneRulesProvider.getVersions("Europe/Dublin").lastEntry().getKey();
    long followed = 0;
    boolean goOn = true;
    while (goOn && isTimeLeft.getAsBoolean()) {
      Page page = database.inTransaction(() -> followPage(rules));
      followed += page.followed();
      goOn = !page.isLast();
    }
    return followed;
  }

  private record Page(int followed, boolean isLast) {}

  private Page followPage(String rules) {
    Instant now = time.instant();
    ClockChecks.Walk walk = checks.lock();
    boolean isNew = !rules.equals(walk.rules());
    if (!isNew && walk.finishedAt() != null && now.isBefore(walk.finishedAt().plus(PAUSE))) {
      return new Page(0, true);
    }
    if (isNew || walk.finishedAt() != null) {
      walk = new ClockChecks.Walk(rules, null, null, null);
    }
    List<ClockChecks.Stored> dates = checks.list(walk, now, DATES);
    int followed = follow(dates, rules, now);
    boolean isLast = dates.size() < DATES;
    checks.keep(
        isLast
            ? new ClockChecks.Walk(rules, null, null, now)
            : new ClockChecks.Walk(
                rules, dates.getLast().window().end(), dates.getLast().id(), null),
        now);
    return new Page(followed, isLast);
  }

  private int follow(List<ClockChecks.Stored> dates, String rules, Instant now) {
    List<ClockChecks.Stored> different =
        dates.stream().filter(date -> !date.byItsClocks().equals(date.window())).toList();
    if (different.isEmpty()) {
      return 0;
    }
    checks.lockEvents(
        different.stream().map(ClockChecks.Stored::event).distinct().sorted(BY_ID).toList());
    Set<UUID> followed = new HashSet<>(checks.follow(different, now));
    Map<EventId, List<ClockChecks.Stored>> events = new TreeMap<>(BY_ID);
    for (ClockChecks.Stored date : different) {
      if (followed.contains(date.id())) {
        events.computeIfAbsent(date.event(), event -> new ArrayList<>()).add(date);
      }
    }
    events.forEach((event, moved) -> tell(event, moved, rules));
    catalogue.refresh(events.keySet());
    return followed.size();
  }

  /// @param moved dates of the event, the earliest first
  private void tell(EventId event, List<ClockChecks.Stored> moved, String rules) {
    ClockChecks.Stored first = moved.getFirst();
    OrganizationId organization = first.organization();
    String before = first.window().start().toString();
    String after = first.byItsClocks().start().toString();
    auditLog.recordAsSystem(
        new AuditEntry(
            organization,
            "event.clocks_changed",
            "event",
            event.value(),
            Map.of("starts_at", before),
            Map.of(
                "starts_at",
                after,
                "occurrence_id",
                first.id().toString(),
                "dates",
                moved.size(),
                "time_zone_rules",
                rules)));
    for (UUID organiser : checks.organisers(event)) {
      outbox.write(
          organization,
          "clocks_changed",
          "event:" + event,
          Map.of(
              "organization_id", organization.value(),
              "event_id", event.value(),
              "user_id", organiser,
              "occurrence_id", first.id(),
              "dates", moved.size(),
              "starts_at_before", before));
    }
  }
}
