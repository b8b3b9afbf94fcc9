package app.turnout.runner.replay;

import app.turnout.runner.RunnerException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// A phone on its way: each position goes out when it is recorded, by the product's clock. What
/// cannot be sent yet (no answer, 429, 5xx) is kept, and goes out together with what has come in
/// the meantime, after as long as the answer asks for.
public final class Phone {
  private final Api api;
  private final RemoteClock clock;
  private final Link link;
  private final PingFormat format;
  private final int batch;

  public Phone(Api api, RemoteClock clock, Link link) {
    this(api, clock, link, PingFormat.JSON, PingFormat.JSON.mostInACall());
  }

  /// A phone with an app of its own.
  ///
  /// @param batch most positions in one call
  public Phone(Api api, RemoteClock clock, Link link, PingFormat format, int batch) {
    this.api = api;
    this.clock = clock;
    this.link = link;
    this.format = format;
    this.batch = Math.min(batch, format.mostInACall());
  }

  /// Plays the whole track and returns when its last point is taken.
  ///
  /// @throws RunnerException when the product refuses a call, or takes none for two minutes
  public Played play(Track track) {
    List<TrackPoint> points = track.points();
    TreeMap<String, Integer> refusals = new TreeMap<>();
    Patience patience = new Patience();
    int calls = 0;
    for (int next = 0; next < points.size(); ) {
      clock.sleepUntil(points.get(next).time());
      List<TrackPoint> due = due(points.subList(next, points.size()));
      Optional<Answer> taken = send(due, patience);
      if (taken.isPresent()) {
        taken.get().refusals().forEach(refusal -> refusals.merge(refusal, 1, Integer::sum));
        next += due.size();
        calls++;
        patience = new Patience();
      }
    }
    return new Played(points.size(), calls, refusals);
  }

  private List<TrackPoint> due(List<TrackPoint> points) {
    Instant now = clock.now();
    List<TrackPoint> due = new ArrayList<>(points.subList(0, 1));
    for (TrackPoint point : points.subList(1, Math.min(batch, points.size()))) {
      if (point.time().isAfter(now)) {
        break;
      }
      due.add(point);
    }
    return due;
  }

  /// Empty when the points have to be sent again, after the pause that this takes.
  private Optional<Answer> send(List<TrackPoint> points, Patience patience) {
    try {
      Answer answer = format.send(api, link, points);
      if (answer.isSuccess()) {
        return Optional.of(answer);
      }
      if (!answer.isPassing()) {
        throw new RunnerException(answer.summary());
      }
      patience.pause(answer.summary(), answer.retryAfter());
    } catch (IOException e) {
      patience.pause("no answer from " + api, Optional.empty());
    }
    return Optional.empty();
  }
}
