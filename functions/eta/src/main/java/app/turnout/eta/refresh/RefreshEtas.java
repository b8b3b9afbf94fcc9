package app.turnout.eta.refresh;

import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.eta.News;
import app.turnout.eta.Outlook;
import app.turnout.eta.Strategy;
import app.turnout.eta.TellNews;
import app.turnout.platform.json.WireName;
import app.turnout.platform.live.LiveEta;
import app.turnout.platform.live.LiveUpdate;
import app.turnout.platform.live.LiveUpdates;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Computes what has changed at a date and tells those who watch. What was not told, because the
/// queue did not take it or the call ended before, is told the next time.
@Singleton
final class RefreshEtas {
  private final TellNews tellNews;
  private final LiveUpdates liveUpdates;
  private final InstantSource time;

  RefreshEtas(TellNews tellNews, LiveUpdates liveUpdates, InstantSource time) {
    this.tellNews = tellNews;
    this.liveUpdates = liveUpdates;
    this.time = time;
  }

  void refresh(OrganizationId organization, OccurrenceId occurrence) {
    Instant now = time.instant();
    List<News> news = tellNews.find(organization, occurrence, now);
    if (news.isEmpty()) {
      return;
    }
    List<LiveUpdate> updates = new ArrayList<>();
    for (int from = 0; from < news.size(); from += LiveUpdate.MOST) {
      updates.add(
          new LiveUpdate.Etas(
              organization,
              occurrence,
              now,
              news.subList(from, Math.min(news.size(), from + LiveUpdate.MOST)).stream()
                  .map(each -> eta(each.outlook()))
                  .toList()));
    }
    liveUpdates.send(updates);
    tellNews.told(organization, news);
  }

  private static LiveEta eta(Outlook outlook) {
    Strategy strategy = outlook.strategy();
    return new LiveEta(
        outlook.participant(),
        WireName.of(outlook.state()),
        strategy == null ? null : WireName.of(strategy),
        WireName.of(outlook.travelMode()),
        outlook.eta(),
        outlook.distanceMetres(),
        outlook.routeMetres(),
        outlook.offRoadMetres(),
        outlook.moving(),
        outlook.arrivedAt(),
        outlook.lastPingAt());
  }
}
