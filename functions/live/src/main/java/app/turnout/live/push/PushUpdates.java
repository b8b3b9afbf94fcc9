package app.turnout.live.push;

import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.live.Connection;
import app.turnout.live.RefreshEtas;
import app.turnout.live.Sight;
import app.turnout.live.Watched;
import app.turnout.live.Watches;
import app.turnout.platform.live.LiveUpdate;
import app.turnout.platform.logging.LogFacts;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells those who watch a date what happened there, together. Safe to do twice.
@Singleton
final class PushUpdates {
  private static final Logger LOG = LoggerFactory.getLogger(PushUpdates.class);

  private final Watches watches;
  private final Pace pace;
  private final PlanTelling planTelling;
  private final Broadcast broadcast;
  private final @Nullable RefreshEtas refreshEtas;

  PushUpdates(
      Watches watches,
      Pace pace,
      PlanTelling planTelling,
      Broadcast broadcast,
      @Nullable RefreshEtas refreshEtas) {
    this.watches = watches;
    this.pace = pace;
    this.planTelling = planTelling;
    this.broadcast = broadcast;
    this.refreshEtas = refreshEtas;
  }

  /// @param updates all of one date, in their order
  void push(OccurrenceId occurrence, List<LiveUpdate> updates) {
    OrganizationId organization = updates.getFirst().organization();
    LogFacts.enter(organization);
    try {
      News news = News.merge(updates);
      if (news.changes().isEmpty() && watches.find(occurrence).connections().isEmpty()) {
        return;
      }
      if (!news.positions().isEmpty()) {
        pace.keep(watches.find(occurrence).positionsSentAt());
      }
      tell(organization, occurrence, news);
    } finally {
      LogFacts.enter(null);
    }
  }

  private void tell(OrganizationId organization, OccurrenceId occurrence, News news) {
    // Numbered first, and then asked who watches: who subscribes between is told the number.
    Optional<PlanTelling.Numbered> numbered =
        planTelling.number(organization, occurrence, news.changes());
    Watched watched = watches.find(occurrence);
    if (watched.connections().isEmpty()) {
      return;
    }
    if (numbered.isEmpty()) {
      LOG.info("Date {} is gone, and {} who watched it", occurrence, watched.connections().size());
      drop(watched.connections());
      return;
    }
    PlanTelling.Plan plan = planTelling.plan(numbered.get(), watched.connections(), news);
    if (!news.positions().isEmpty()) {
      watches.positionsSent(occurrence, pace.now());
    }
    Map<Sight, List<byte[]>> texts = new HashMap<>();
    Map<Connection, List<byte[]>> told = new HashMap<>();
    plan.sights()
        .forEach(
            (connection, sight) ->
                told.put(
                    connection,
                    texts.computeIfAbsent(
                        sight, each -> broadcast.texts(plan.telling().to(each)))));
    Set<Connection> closed = new HashSet<>(broadcast.send(told));
    closed.addAll(plan.closing());
    drop(closed);
    if (refreshEtas != null
        && closed.size() < watched.connections().size()
        && news.concernsEtas()) {
      refreshEtas.soon(organization, occurrence, watched);
    }
  }

  private void drop(Iterable<Connection> connections) {
    for (Connection connection : connections) {
      watches.forget(connection);
      broadcast.close(connection);
    }
  }
}
