package app.turnout.events.dates;

import app.turnout.domain.GeoPoint;
import app.turnout.events.Catalogue;
import app.turnout.events.series.Own;
import app.turnout.events.series.RecurrenceResponse;
import app.turnout.events.series.SeriesRepository;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.json.MergePatch;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;

/// Stores an edit of many dates, with all that follows: the audit log, the catalogue, and those who
/// are to hear of it.
@Singleton
final class KeepSeries {
  private final Database database;
  private final EventHeads events;
  private final Replan replan;
  private final SeriesRepository parts;
  private final Catalogue catalogue;
  private final AuditLog auditLog;
  private final TellOfDates tell;

  KeepSeries(
      Database database,
      EventHeads events,
      Replan replan,
      SeriesRepository parts,
      Catalogue catalogue,
      AuditLog auditLog,
      TellOfDates tell) {
    this.database = database;
    this.events = events;
    this.replan = replan;
    this.parts = parts;
    this.catalogue = catalogue;
    this.auditLog = auditLog;
    this.tell = tell;
  }

  Replan.Outcome replan(Replan.Wish wish, String action) {
    EventHead event = wish.event();
    Replan.Outcome outcome = replan.replan(wish);
    events.touch(event.id(), wish.now());
    auditLog.record(
        new AuditEntry(
            event.organization(),
            action,
            "event",
            event.id().value(),
            RecurrenceResponse.of(wish.present()),
            RecurrenceResponse.of(parts.list(event.id()))));
    if (event.isPublished()) {
      tell.changed(event.organization(), event.id(), outcome.told());
    }
    if (outcome.made() > 0) {
      tell.made(event.organization(), event.id());
    }
    catalogue.refresh(event.id());
    return outcome;
  }

  /// What the event itself says from now on.
  void say(EventHead event, Own words, MergePatch<DateRequest> patch, Instant now) {
    boolean isPlace = DateWishes.mentionsPlace(patch);
    GeoPoint position = words.position();
    database
        .handle()
        .createUpdate(
            """
            update events
            set title = case when :hasTitle then :title else title end,
                description = case when :hasDescription then :description else description end,
                area_id = case when :hasPlace then cast(:area as uuid) else area_id end,
                latitude = case
                  when :hasPlace then cast(:latitude as double precision) else latitude end,
                longitude = case
                  when :hasPlace then cast(:longitude as double precision) else longitude end,
                capacity = case
                  when :hasCapacity then cast(:capacity as integer) else capacity end,
                updated_at = :now
            where id = :id
            """)
        .bind("id", event.id().value())
        .bind("hasTitle", patch.mentions("title"))
        .bind("title", words.title())
        .bind("hasDescription", patch.mentions("description"))
        .bind("description", words.description())
        .bind("hasPlace", isPlace)
        .bind("area", words.area() == null ? null : words.area().value())
        .bind("latitude", position == null ? null : (Double) position.latitude())
        .bind("longitude", position == null ? null : (Double) position.longitude())
        .bind("hasCapacity", patch.mentions("capacity"))
        .bind("capacity", words.capacity())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .execute();
  }
}
