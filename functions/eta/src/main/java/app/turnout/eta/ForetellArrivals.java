package app.turnout.eta;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.ParticipantId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Tells when participants will be where they are expected.
@Singleton
public final class ForetellArrivals {
  /// What came of it.
  public sealed interface Outcome {
    /// One for each who was asked of.
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

  /// What came of foreseeing how many will be there.
  public sealed interface Foresight {
    record Foreseen(Venue venue, Forecast forecast) implements Foresight {}

    /// The event has no position.
    record NoDestination() implements Foresight {}

    /// No such event or date.
    record NothingFound() implements Foresight {}
  }

  /// Above what any plan allows.
  private static final int EVERYBODY = 1_000_000;

  private final TravellerRepository travellers;
  private final KeepEtas keepEtas;

  ForetellArrivals(TravellerRepository travellers, KeepEtas keepEtas) {
    this.travellers = travellers;
    this.keepEtas = keepEtas;
  }

  /// For the participants of an event's date, in the order in which they were added.
  ///
  /// @param chosen null for the current date, else the next, else the last
  /// @param after the last one of the page before; null for the first page
  public Outcome ofEvent(
      EventId event, @Nullable OccurrenceId chosen, @Nullable UUID after, int limit, Instant now) {
    Optional<Venue> found = travellers.findVenue(event, chosen, now);
    if (found.isEmpty()) {
      return new Outcome.NothingFound();
    }
    Venue venue = found.get();
    Place place = venue.place();
    if (place == null) {
      return new Outcome.NoDestination();
    }
    keepEtas.ofOccurrence(venue.occurrence(), place, now);
    return new Outcome.Foretold(
        venue,
        place,
        travellers.list(venue.occurrence(), after, limit).stream()
            .map(traveller -> Outlook.of(traveller, place, now))
            .toList());
  }

  /// For one participant.
  public Outcome ofParticipant(ParticipantId participant, Instant now) {
    Optional<Venue> found = travellers.findVenue(participant);
    if (found.isEmpty()) {
      return new Outcome.NothingFound();
    }
    Venue venue = found.get();
    Place place = venue.place();
    if (place == null) {
      return new Outcome.NoDestination();
    }
    keepEtas.ofParticipant(participant, place, now);
    return travellers
        .find(participant)
        .<Outcome>map(
            traveller ->
                new Outcome.Foretold(venue, place, List.of(Outlook.of(traveller, place, now))))
        .orElseGet(Outcome.NothingFound::new);
  }

  /// How many will be at an event's date at each minute until its start.
  ///
  /// @param chosen null for the current date, else the next, else the last
  public Foresight forecast(EventId event, @Nullable OccurrenceId chosen, Instant now) {
    return switch (ofEvent(event, chosen, null, EVERYBODY, now)) {
      case Outcome.Foretold(Venue venue, Place place, List<Outlook> outlooks) ->
          new Foresight.Foreseen(
              venue,
              Forecast.of(
                  outlooks.stream().filter(Outlook::expected).toList(), venue.startsAt(), now));
      case Outcome.NoDestination() -> new Foresight.NoDestination();
      case Outcome.NothingFound() -> new Foresight.NothingFound();
    };
  }
}
