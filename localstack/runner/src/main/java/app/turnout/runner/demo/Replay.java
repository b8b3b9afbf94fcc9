package app.turnout.runner.demo;

import app.turnout.runner.RunnerException;
import app.turnout.runner.replay.Api;
import app.turnout.runner.replay.Link;
import app.turnout.runner.replay.Phone;
import app.turnout.runner.replay.Played;
import app.turnout.runner.replay.RemoteClock;
import app.turnout.runner.replay.Track;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Plays a GPX file as somebody's phone: the program behind `localstack/replay`.
public final class Replay {
  /// What making an organiser, an event and a participant takes.
  private static final Duration PREPARATION = Duration.ofSeconds(20);

  private Replay() {}

  public static void main(String[] arguments) {
    if (List.of(arguments).contains("--help")) {
      System.out.println(ReplayArguments.USAGE);
      return;
    }
    try {
      run(ReplayArguments.parse(arguments));
    } catch (RunnerException e) {
      System.err.println("replay: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void run(ReplayArguments arguments) {
    Track recorded = Track.read(arguments.track());
    Api api = new Api(arguments.url());
    RemoteClock clock = RemoteClock.of(api, arguments.speed());
    Link link = arguments.link();
    if (link == null) {
      Occasion occasion = Occasion.of(track(recorded, arguments, clock, PREPARATION));
      Stage stage = Stage.set(api, new Mailbox(new Api(arguments.mailbox())), occasion);
      Demo.introduce(stage, occasion, System.out);
      announce(occasion.track(), clock);
      Demo.watch(stage, clock, occasion, phone(api, clock, stage.link(), arguments), System.out);
    } else {
      Track track = track(recorded, arguments, clock, Duration.ZERO);
      announce(track, clock);
      Played played = phone(api, clock, link, arguments).play(track);
      System.out.println(played);
      if (played.refused() == played.points()) {
        throw new RunnerException("every position was refused");
      }
    }
  }

  /// The track as it is to be played; in whole seconds, as phones send them.
  ///
  /// @param preparation how long from now on the track may not begin yet, by our own clock
  private static Track track(
      Track recorded, ReplayArguments arguments, RemoteClock clock, Duration preparation) {
    if (!arguments.fromNow()) {
      return recorded;
    }
    double seconds = preparation.toSeconds() * clock.speed();
    return recorded.startingAt(
        clock.now().plusSeconds(Math.round(seconds)).truncatedTo(ChronoUnit.SECONDS));
  }

  private static Phone phone(Api api, RemoteClock clock, Link link, ReplayArguments arguments) {
    return new Phone(api, clock, link, arguments.format(), arguments.batch());
  }

  private static void announce(Track track, RemoteClock clock) {
    Instant now = clock.now().truncatedTo(ChronoUnit.SECONDS);
    System.out.printf(
        "%s: %d positions from %s to %s; the product's clock says %s and runs %s times as fast%n",
        track.name(),
        track.points().size(),
        track.start().time(),
        track.end().time(),
        now,
        clock.speed());
    Duration wait = Duration.between(now, track.start().time());
    if (wait.compareTo(Duration.ofMinutes(1)) > 0) {
      System.out.println("Waiting until the track starts, for minutes: " + wait.toMinutes());
    }
  }
}
