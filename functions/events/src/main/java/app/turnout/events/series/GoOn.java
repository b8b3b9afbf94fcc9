package app.turnout.events.series;

import app.turnout.events.Catalogue;
import app.turnout.platform.outbox.Outbox;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/// Makes dates ahead as time goes, some events a transaction: what is made stays made, whenever it
/// ends. An event that somebody changes meanwhile is left to the next time.
@Singleton
public final class GoOn {
  private static final int EVENTS = 100;
  private static final int MARGIN_DAYS = 7;

  private final Database database;
  private final SeriesRepository parts;
  private final DateStore dates;
  private final MakeDates makeDates;
  private final Catalogue catalogue;
  private final Outbox outbox;
  private final InstantSource time;

  GoOn(
      Database database,
      SeriesRepository parts,
      DateStore dates,
      MakeDates makeDates,
      Catalogue catalogue,
      Outbox outbox,
      InstantSource time) {
    this.database = database;
    this.parts = parts;
    this.dates = dates;
    this.makeDates = makeDates;
    this.catalogue = catalogue;
    this.outbox = outbox;
    this.time = time;
  }

  /// Makes all that is due; answers how many dates that were.
  public long makeAhead(BooleanSupplier isTimeLeft) {
    long made = 0;
    boolean goOn = true;
    while (goOn && isTimeLeft.getAsBoolean()) {
      Page page = database.inTransaction(this::makePage);
      made += page.dates();
      goOn = page.events() > 0;
    }
    return made;
  }

  private record Page(int events, int dates) {}

  private Page makePage() {
    Instant now = time.instant();
    LocalDateTime due = makeDates.due(now);
    List<UUID> events = parts.lockThoseToBeMade(due, EVENTS);
    List<DateStore.Planned> planned = new ArrayList<>();
    List<Part> made = new ArrayList<>();
    // Read after the lock: whoever held the event before may have changed them.
    for (Part part : parts.list(events)) {
      if (part.endsBefore() == null && part.madeBefore().isBefore(due)) {
        MakeDates.Ahead ahead =
            MakeDates.ahead(
                part,
                part.madeBefore(),
                makeDates.horizon(part.localStart(), part.zone(), now).plusDays(MARGIN_DAYS),
                LocalDateTime.ofInstant(now, part.zone()));
        made.add(part.madeBefore(ahead.madeBefore()));
        if (!ahead.starts().isEmpty()) {
          planned.addAll(MakeDates.planned(part, ahead.starts()));
          outbox.write(
              part.organization(),
              "dates_made",
              "event:" + part.event(),
              Map.of(
                  "organization_id", part.organization().value(),
                  "event_id", part.event().value()));
        }
      }
    }
    int stored = planned.isEmpty() ? 0 : dates.insert(planned, now);
    if (!made.isEmpty()) {
      parts.made(made, now);
      catalogue.refresh(made.stream().map(Part::event).distinct().toList());
    }
    return new Page(events.size(), stored);
  }
}
