package app.turnout.locations.history;

import app.turnout.domain.OccurrenceId;
import app.turnout.domain.ParticipantId;
import jakarta.inject.Singleton;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads stored pings, a part at a time.
@Singleton
final class ReadHistory {
  /// Pings that are read at once, to be simplified or to be put in a file: about a megabyte.
  static final int MOST_READ = 10_000;

  /// Tracks in a file at most.
  private static final int MOST_TRACKS = 1_000;

  private final HistoryRepository history;

  ReadHistory(HistoryRepository history) {
    this.history = history;
  }

  /// Some of a history.
  ///
  /// @param next after which the rest comes; null when there is none
  record Part(List<TrackPoint> points, @Nullable Mark next) {
    Part {
      points = List.copyOf(points);
    }
  }

  private interface Source {
    /// The first so many that are not before a mark.
    List<TrackPoint> read(@Nullable Mark start, int limit);
  }

  /// Some pings of one participant.
  ///
  /// @param after where the part before ended; null for the first one
  /// @param limit points at most
  Part of(
      ParticipantId participant,
      Range range,
      @Nullable Mark after,
      @Nullable Simplification simplification,
      int limit) {
    return part(
        (start, most) ->
            history.list(participant, range, start == null ? null : start.recordedAt(), most),
        after,
        simplification,
        limit);
  }

  /// Some pings of a date's participants, in the order of their ids.
  ///
  /// @param after where the part before ended; null for the first one
  /// @param limit points at most
  Part of(
      OccurrenceId occurrence,
      Range range,
      @Nullable Mark after,
      @Nullable Simplification simplification,
      int limit) {
    return part(
        (start, most) -> history.list(occurrence, range, start, most),
        after,
        simplification,
        limit);
  }

  /// A part begins with the point that the part before ended with, which is not shown again: so a
  /// line is as near to what was recorded where two parts meet as elsewhere.
  private static Part part(
      Source source, @Nullable Mark after, @Nullable Simplification simplification, int limit) {
    int most = simplification == null ? limit : MOST_READ;
    List<TrackPoint> read =
        simplification == null
            ? source.read(after == null ? null : following(after), most + 1)
            : source.read(after, most + 1);
    boolean hasMore = read.size() > most;
    List<TrackPoint> points = new ArrayList<>();
    int tracks = 0;
    for (List<TrackPoint> track : tracks(read.subList(0, Math.min(most, read.size())))) {
      if (tracks++ == MOST_TRACKS) {
        hasMore = true;
        break;
      }
      points.addAll(simplification == null ? track : simplification.of(track));
    }
    if (simplification != null && !points.isEmpty() && points.getFirst().mark().equals(after)) {
      points.removeFirst();
    }
    if (points.size() > limit) {
      hasMore = true;
      points = points.subList(0, limit);
    }
    return new Part(points, hasMore && !points.isEmpty() ? points.getLast().mark() : null);
  }

  /// Times are kept to the microsecond.
  private static Mark following(Mark mark) {
    return new Mark(mark.participant(), mark.recordedAt().plus(1, ChronoUnit.MICROS));
  }

  /// One list a participant, in the order in which they come.
  static List<List<TrackPoint>> tracks(List<TrackPoint> points) {
    List<List<TrackPoint>> tracks = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= points.size(); i++) {
      if (i == points.size()
          || !points.get(i).participant().equals(points.get(start).participant())) {
        tracks.add(points.subList(start, i));
        start = i;
      }
    }
    return tracks;
  }
}
