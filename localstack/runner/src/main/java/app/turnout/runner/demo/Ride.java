package app.turnout.runner.demo;

import app.turnout.runner.RunnerException;
import app.turnout.runner.replay.Phone;
import app.turnout.runner.replay.Played;
import app.turnout.runner.replay.Track;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// A phone under way, while others look on.
final class Ride {
  private final FutureTask<Played> task;

  private Ride(FutureTask<Played> task) {
    this.task = task;
  }

  static Ride start(Phone phone, Track track) {
    FutureTask<Played> task = new FutureTask<>(() -> phone.play(track));
    Thread.ofVirtual().name("phone").start(task);
    return new Ride(task);
  }

  boolean isOver() {
    return task.isDone();
  }

  /// Waits for the end.
  ///
  /// @throws RunnerException when the phone's pings were refused or not taken
  Played end() {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunnerException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RunnerException refused) {
        throw refused;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
