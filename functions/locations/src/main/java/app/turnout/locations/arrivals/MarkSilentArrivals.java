package app.turnout.locations.arrivals;

import app.turnout.locations.presence.Arrival;
import app.turnout.locations.presence.CheckInOnArrival;
import app.turnout.locations.presence.Presence;
import app.turnout.locations.presence.Sighting;
import app.turnout.locations.presence.Visits;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Marks the arrival of those whose phones fell silent within the radius: whoever comes and puts it
/// away sends no second ping. A bus that passes by sends one from further on.
@Singleton
final class MarkSilentArrivals {
  private static final int BATCH = 500;

  private final Database database;
  private final SilentParticipants silent;
  private final Visits visits;
  private final CheckInOnArrival checkIn;
  private final InstantSource time;

  MarkSilentArrivals(
      Database database,
      SilentParticipants silent,
      Visits visits,
      CheckInOnArrival checkIn,
      InstantSource time) {
    this.database = database;
    this.silent = silent;
    this.visits = visits;
    this.checkIn = checkIn;
    this.time = time;
  }

  /// Marks them all, a batch a transaction.
  void run() {
    Instant silentSince = time.instant().minus(Presence.SILENCE);
    UUID after = null;
    do {
      after = next(silentSince, after);
    } while (after != null);
  }

  /// The last one looked at; null when nobody is left.
  private @Nullable UUID next(Instant silentSince, @Nullable UUID after) {
    return database.inTransaction(
        () -> {
          List<Sighting> sightings = silent.lock(silentSince, after, BATCH);
          if (!sightings.isEmpty()) {
            List<Arrival> arrived = visits.markSilent(sightings);
            checkIn.checkIn(arrived);
          }
          return sightings.size() < BATCH ? null : sightings.getLast().participant().value();
        });
  }
}
