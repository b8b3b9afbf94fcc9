package app.turnout.locations.writer;

import app.turnout.domain.OccurrenceId;
import app.turnout.platform.live.LivePosition;
import app.turnout.platform.live.LiveUpdate;
import app.turnout.platform.live.LiveUpdates;
import app.turnout.platform.queue.QueueUnavailableException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells those who watch a date where people are now: one update a date.
@Singleton
final class TellWatchers {
  private static final Logger LOG = LoggerFactory.getLogger(TellWatchers.class);

  private final LiveUpdates updates;

  TellWatchers(LiveUpdates updates) {
    this.updates = updates;
  }

  /// Whether all were sent; to send them again does no harm.
  boolean tell(List<NewestPosition> positions) {
    if (positions.isEmpty()) {
      return true;
    }
    try {
      updates.send(updates(positions));
      return true;
    } catch (QueueUnavailableException e) {
      LOG.warn("Those who watch were not told of {} positions", positions.size(), e);
      return false;
    }
  }

  private static List<LiveUpdate> updates(List<NewestPosition> positions) {
    Map<OccurrenceId, List<NewestPosition>> dates = new LinkedHashMap<>();
    for (NewestPosition position : positions) {
      dates.computeIfAbsent(position.occurrence(), date -> new ArrayList<>()).add(position);
    }
    List<LiveUpdate> updates = new ArrayList<>();
    for (List<NewestPosition> date : dates.values()) {
      for (int from = 0; from < date.size(); from += LiveUpdate.MOST) {
        List<LivePosition> some =
            date.subList(from, Math.min(from + LiveUpdate.MOST, date.size())).stream()
                .map(NewestPosition::position)
                .toList();
        NewestPosition first = date.getFirst();
        updates.add(new LiveUpdate.Positions(first.organization(), first.occurrence(), some));
      }
    }
    return updates;
  }
}
