package app.turnout.runner.demo;

import app.turnout.runner.replay.Api;
import app.turnout.runner.replay.Phone;
import app.turnout.runner.replay.RemoteClock;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/// The demonstration: somebody takes the bus, and an organiser watches.
public final class Demo {
  /// When the product's clock should start for the ride to come soon.
  public static final Instant START = Instant.parse("2019-02-18T07:30:00Z");

  /// How fast the ride is worth watching.
  public static final double SPEED = 60;

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Demo() {}

  /// Sets the stage through the API, plays the ride, and prints what the organiser sees: each
  /// minute of the product's clock, and at most once a second of ours. Returns when the ride is
  /// over.
  ///
  /// @param front where the API is
  /// @param mailbox where the mails are
  /// @throws app.turnout.runner.RunnerException when something is refused
  public static void run(URI front, URI mailbox, PrintStream out) {
    Api api = new Api(front);
    RemoteClock clock = RemoteClock.of(api);
    Occasion occasion = Occasion.busRide();
    Stage stage = Stage.set(api, new Mailbox(new Api(mailbox)), occasion);
    introduce(stage, occasion, out);
    watch(stage, clock, occasion, new Phone(api, clock, stage.link()), out);
  }

  static void introduce(Stage stage, Occasion occasion, PrintStream out) {
    out.printf(
        """
        %s, %s to %s (%s), arriving counts within %.0f m of %s, %s
          organiser    %s, password %s
          event        %s
          participant  %s, link token %s
        """,
        occasion.title(),
        occasion.startsAt().atZone(occasion.timeZone()).toLocalDateTime(),
        occasion.endsAt().atZone(occasion.timeZone()).toLocalTime(),
        occasion.timeZone(),
        Occasion.ARRIVAL_RADIUS_METRES,
        occasion.destination().latitude(),
        occasion.destination().longitude(),
        stage.organiser().email(),
        stage.organiser().password(),
        stage.eventId(),
        stage.link().participantId(),
        stage.link().token());
  }

  static void watch(
      Stage stage, RemoteClock clock, Occasion occasion, Phone phone, PrintStream out) {
    Ride ride = Ride.start(phone, occasion.track());
    while (!ride.isOver()) {
      print(stage, occasion, out);
      Instant next = clock.now().plus(MINUTE);
      do {
        RemoteClock.sleep(SECOND);
      } while (clock.now().isBefore(next) && !ride.isOver());
    }
    out.println("The ride is over: " + ride.end());
    awaitEnd(stage, occasion);
    print(stage, occasion, out);
  }

  /// What was sent last is seen when the queue has been emptied.
  private static void awaitEnd(Stage stage, Occasion occasion) {
    Instant end = occasion.track().end().time();
    long start = System.nanoTime();
    while (System.nanoTime() - start < PATIENCE.toNanos()
        && Sight.of(stage.etas()).filter(sight -> end.equals(sight.lastPingAt())).isEmpty()) {
      RemoteClock.sleep(SECOND);
    }
  }

  private static void print(Stage stage, Occasion occasion, PrintStream out) {
    Sight.of(stage.etas()).ifPresent(sight -> out.println(sight.line(occasion.timeZone())));
  }
}
