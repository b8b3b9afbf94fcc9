package app.turnout.eta;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.ParticipantId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Tells when participants will be where they are expected.
@Singleton
final class ForetellArrivals {
  /// What came of it.
  sealed interface Outcome {
    record Foretold(Venue venue, Place place, List<Outlook> outlooks) implements Outcome {
      public Foretold {
        outlooks = List.copyOf(outlooks);
      }
    }

    /// The event has no position.
    record NoDestination() implements Outcome {}

    /// No such event, date or participant.
    record NothingFound() implements Outcome {}
  }

  private final TravellerRepository travellers;
  private final Estimator estimator = new Estimator();

  ForetellArrivals(TravellerRepository travellers) {
    this.travellers = travellers;
  }

  /// For the participants of an event's date, in the order in which they were added.
  ///
  /// @param chosen null for the current date, else the next, else the last
  /// @param after the last one of the page before; null for the first page
  Outcome ofEvent(
      EventId event, @Nullable OccurrenceId chosen, @Nullable UUID after, int limit, Instant now) {
    Optional<Venue> venue = travellers.findVenue(event, chosen, now);
    return venue.isEmpty()
        ? new Outcome.NothingFound()
        : foretell(venue.get(), travellers.list(venue.get().occurrence(), after, limit));
  }

  Outcome ofParticipant(ParticipantId participant) {
    Optional<Venue> venue = travellers.findVenue(participant);
    Optional<Traveller> traveller = travellers.find(participant);
    return venue.isEmpty() || traveller.isEmpty()
        ? new Outcome.NothingFound()
        : foretell(venue.get(), List.of(traveller.get()));
  }

  private Outcome foretell(Venue venue, List<Traveller> expected) {
    Place place = venue.place();
    if (place == null) {
      return new Outcome.NoDestination();
    }
    Map<ParticipantId, List<Ping>> pings = travellers.recentPings(expected, Estimator.WINDOW);
    return new Outcome.Foretold(
        venue,
        place,
        expected.stream()
            .map(
                traveller ->
                    outlook(place, traveller, pings.getOrDefault(traveller.id(), List.of())))
            .toList());
  }

  private Outlook outlook(Place place, Traveller traveller, List<Ping> recent) {
    List<Ping> pings = new ArrayList<>(recent);
    if (traveller.latest() != null) {
      pings.add(traveller.latest()); // which outlives the pings of its time
    }
    return new Outlook(traveller, estimator.estimate(place, pings).orElse(null));
  }
}
