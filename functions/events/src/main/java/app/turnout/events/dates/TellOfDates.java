package app.turnout.events.dates;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.platform.live.LiveChange;
import app.turnout.platform.live.LiveNews;
import app.turnout.platform.outbox.Outbox;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Has those told who are expected at dates that changed, one message an edit, from which each
/// person gets one mail; and those who watch, of dates that are near.
@Singleton
public final class TellOfDates {
  /// Nobody watches a date that far away.
  private static final Duration NEAR = Duration.ofDays(1);

  private final Database database;
  private final Outbox outbox;
  private final LiveNews liveNews;
  private final InstantSource time;

  TellOfDates(Database database, Outbox outbox, LiveNews liveNews, InstantSource time) {
    this.database = database;
    this.outbox = outbox;
    this.liveNews = liveNews;
    this.time = time;
  }

  /// All dates to come that somebody is expected at, when the event changes as a whole.
  ///
  /// @param isEverywhere also those whose place is their own
  public void allToCome(
      OrganizationId organization, EventId event, boolean isEverywhere, Instant now) {
    changed(organization, event, toCome(event, isEverywhere, now));
  }

  private Map<UUID, Instant> toCome(EventId event, boolean isEverywhere, Instant now) {
    Map<UUID, Instant> dates = new HashMap<>();
    database
        .handle()
        .createQuery(
            """
            select o.id, o.starts_at
            from occurrences o
            left join series s on s.id = o.series_id
            where o.event_id = :event
              and o.ends_at > :now
              and o.status in ('scheduled', 'active')
              and (:everywhere
                or num_nonnulls(o.area_id, o.latitude, s.area_id, s.latitude) = 0)
              and exists (select from participants p where p.occurrence_id = o.id)
            """)
        .bind("event", event.value())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("everywhere", isEverywhere)
        .map(
            (row, context) ->
                dates.put(
                    row.getObject("id", UUID.class),
                    row.getObject("starts_at", OffsetDateTime.class).toInstant()))
        .list();
    return dates;
  }

  /// @param dates with the time at which each was to begin before
  void changed(OrganizationId organization, EventId event, Map<UUID, Instant> dates) {
    if (dates.isEmpty()) {
      return;
    }
    Map<String, String> before = new HashMap<>();
    dates.forEach((date, start) -> before.put(date.toString(), start.toString()));
    outbox.write(
        organization,
        "dates_changed",
        "event:" + event,
        Map.of(
            "organization_id", organization.value(), "event_id", event.value(), "dates", before));
    Instant near = time.instant().plus(NEAR);
    dates.forEach(
        (date, start) -> {
          if (start.isBefore(near)) {
            tellWatchers(organization, date);
          }
        });
  }

  private void tellWatchers(OrganizationId organization, UUID date) {
    liveNews.tell(organization, new OccurrenceId(date), List.of(new LiveChange.EventChanged()));
  }

  /// One date has another time or place.
  void moved(OrganizationId organization, UUID date) {
    outbox.write(organization, "date_moved", "occurrence:" + date, Map.of("occurrence_id", date));
    tellWatchers(organization, date);
  }

  void cancelled(OrganizationId organization, UUID date) {
    outbox.write(
        organization, "date_cancelled", "occurrence:" + date, Map.of("occurrence_id", date));
    tellWatchers(organization, date);
  }

  /// There are dates that the roster is not expected at yet.
  void made(OrganizationId organization, EventId event) {
    outbox.write(
        organization,
        "dates_made",
        "event:" + event,
        Map.of("organization_id", organization.value(), "event_id", event.value()));
  }
}
