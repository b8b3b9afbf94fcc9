package app.turnout.events.series;

import app.turnout.events.rules.RecurrenceSet;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Makes the dates of recurring events ahead. The same are made however often it is asked for.
@Singleton
public final class MakeDates {
  /// Up to when a rule is made that has no more dates.
  public static final LocalDateTime FOR_EVER = LocalDateTime.of(9999, 12, 31, 0, 0);

  private static final int LEAST = 2;

  private final SeriesRepository parts;
  private final DateStore dates;
  private final RecurrenceSettings settings;

  MakeDates(SeriesRepository parts, DateStore dates, RecurrenceSettings settings) {
    this.parts = parts;
    this.dates = dates;
    this.settings = settings;
  }

  /// Up to when a part is to be made: so far ahead of now, or of its first date, as the settings
  /// say.
  public LocalDateTime horizon(LocalDateTime start, ZoneId zone, Instant now) {
    LocalDateTime local = LocalDateTime.ofInstant(now, zone);
    return (local.isAfter(start) ? local : start).plus(settings.ahead());
  }

  /// Parts that are made less far are due. Zones are up to half a day behind UTC.
  LocalDateTime due(Instant now) {
    return LocalDateTime.ofInstant(now, ZoneOffset.UTC).minusHours(12).plus(settings.ahead());
  }

  /// The starts of a part that are not made, up to a horizon; but always the next two to come,
  /// wherever they are.
  ///
  /// @param from those before it are made
  public static Ahead ahead(
      Part part, LocalDateTime from, LocalDateTime before, LocalDateTime now) {
    List<LocalDateTime> starts = new ArrayList<>();
    RecurrenceSet set = set(part);
    Iterator<LocalDateTime> all = set.startsFrom(from);
    int toCome = -1;
    while (all.hasNext()) {
      LocalDateTime start = all.next();
      if (part.endsBefore() != null && !start.isBefore(part.endsBefore())) {
        break;
      }
      if (!start.isBefore(before)) {
        toCome = toCome < 0 ? toCome(set, now, start) : toCome + 1;
        if (toCome >= LEAST) {
          LocalDateTime last = starts.isEmpty() ? before : starts.getLast().plusSeconds(1);
          return new Ahead(starts, last.isAfter(before) ? last : before);
        }
      }
      starts.add(start);
    }
    return new Ahead(starts, FOR_EVER);
  }

  private static int toCome(RecurrenceSet set, LocalDateTime now, LocalDateTime before) {
    Iterator<LocalDateTime> all = set.startsFrom(now);
    int toCome = 0;
    while (toCome < LEAST && all.hasNext() && all.next().isBefore(before)) {
      toCome++;
    }
    return toCome;
  }

  /// Starts to make.
  ///
  /// @param madeBefore all starts before it are made then
  public record Ahead(List<LocalDateTime> starts, LocalDateTime madeBefore) {
    public Ahead {
      starts = List.copyOf(starts);
    }
  }

  /// The starts that the part's rule has.
  public static RecurrenceSet set(Part part) {
    return RecurrenceSet.stored(
        part.rrule(), part.rdates(), part.exdates(), part.localStart(), part.zone());
  }

  /// Stores a new part, with its dates.
  public int begin(Part part, Instant now) {
    Ahead ahead =
        ahead(
            part,
            part.localStart(),
            horizon(part.localStart(), part.zone(), now),
            LocalDateTime.ofInstant(now, part.zone()));
    parts.insert(part.madeBefore(ahead.madeBefore()), now);
    return dates.insert(planned(part, ahead.starts()), now);
  }

  /// The dates of a part that begin then.
  public static List<DateStore.Planned> planned(Part part, List<LocalDateTime> starts) {
    return starts.stream()
        .map(
            start ->
                new DateStore.Planned(part.id(), part.zone(), start, start.plus(part.length())))
        .toList();
  }
}
