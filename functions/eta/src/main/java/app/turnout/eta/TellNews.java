package app.turnout.eta;

import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds what those who watch a date have not been told: arrival times that were computed anew, and
/// states that became others by time alone. For jobs, which enter the organization.
@Singleton
public final class TellNews {
  /// Above what any plan allows.
  private static final int EVERYBODY = 1_000_000;

  /// Who arrived before anything was computed of them is told as long.
  private static final Duration FRESH_ARRIVAL = Duration.ofMinutes(2);

  private final Database database;
  private final TravellerRepository travellers;
  private final KeepEtas keepEtas;
  private final EtaRepository etas;

  TellNews(
      Database database, TravellerRepository travellers, KeepEtas keepEtas, EtaRepository etas) {
    this.database = database;
    this.travellers = travellers;
    this.keepEtas = keepEtas;
    this.etas = etas;
  }

  /// Computes what has changed, in a transaction of its own. Nothing when the organization has no
  /// such date, or the date no place.
  public List<News> find(OrganizationId organization, OccurrenceId occurrence, Instant now) {
    return database.inTransaction(
        () -> {
          etas.enter(organization);
          Optional<Venue> venue = travellers.findVenue(organization, occurrence);
          Place place = venue.map(Venue::place).orElse(null);
          if (place == null) {
            return List.of();
          }
          keepEtas.ofOccurrence(occurrence, place, now);
          List<News> news = new ArrayList<>();
          for (Traveller traveller : travellers.list(occurrence, null, EVERYBODY)) {
            Outlook outlook = Outlook.of(traveller, place, now);
            if (isNews(traveller, outlook, now)) {
              Traveller.Kept kept = traveller.kept();
              news.add(new News(outlook, kept == null ? null : kept.basedOn()));
            }
          }
          return List.copyOf(news);
        });
  }

  /// Remembers that they were told, unless there is newer news already.
  public void told(OrganizationId organization, List<News> news) {
    database.run(
        () -> {
          etas.enter(organization);
          etas.told(news.stream().filter(each -> each.basedOn() != null).toList());
        });
  }

  private static boolean isNews(Traveller traveller, Outlook outlook, Instant now) {
    Traveller.Kept kept = traveller.kept();
    Instant arrivedAt = traveller.arrivedAt();
    return kept != null
        ? outlook.state() != kept.toldState()
        : arrivedAt != null && arrivedAt.plus(FRESH_ARRIVAL).isAfter(now);
  }
}
