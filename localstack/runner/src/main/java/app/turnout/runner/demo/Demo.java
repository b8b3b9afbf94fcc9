package app.turnout.runner.demo;

import app.turnout.runner.RunnerException;
import app.turnout.runner.replay.Api;
import app.turnout.runner.replay.Phone;
import app.turnout.runner.replay.RemoteClock;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/// The demonstration: somebody takes the bus, thirty others go to a tournament, and an organiser
/// watches.
public final class Demo {
  /// When the product's clock should start for the first to set out soon.
  public static final Instant START = Instant.parse("2019-02-18T07:15:00Z");

  /// How fast it is worth watching: most are on the way for half a minute.
  public static final double SPEED = 30;

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// Events begin at times that are easy to read.
  private static final Duration STEP = Duration.ofMinutes(5);

  /// What making the events and the participants takes, by our own clock.
  private static final Duration PREPARATION = Duration.ofSeconds(8);

  /// A call of each function that is needed starts it: whatever it answers.
  private static final List<String> FUNCTIONS =
      List.of(
          "/api/v1/users/profile",
          "/api/v1/organizations",
          "/api/v1/events",
          "/api/v1/events/0/participants",
          "/api/v1/eta/events/0",
          "/api/v1/events/0/locations");

  /// A start that takes longer than a call may is answered before it is over.
  private static final int ATTEMPTS = 4;

  private Demo() {}

  /// Sets the stage through the API, lets everybody set out, and prints what the organiser sees:
  /// each minute of the product's clock, and at most once a second of ours. Returns when nobody is
  /// on the way any more.
  ///
  /// @param front where the API is
  /// @param mailbox where the mails are
  /// @throws RunnerException when something is refused
  public static void run(URI front, URI mailbox, PrintStream out) {
    Api api = new Api(front);
    start(api);
    Organiser organiser = Stage.organiser(api, new Mailbox(new Api(mailbox)));
    RemoteClock clock = RemoteClock.of(api);
    Duration later = later(clock, Occasion.busRide().track().start().time());
    Occasion bus = Occasion.busRide().later(later);
    Stage stage = Stage.set(api, organiser, bus);
    Gathering gathering = Gathering.set(api, organiser, later);
    introduce(stage, bus, out);
    out.printf(
        """
        %s, %s (%s): thirty on their way through Krems
          event        %s

        Live, for the organiser:
          %s
          %s
        """,
        Gathering.TITLE,
        gathering.startsAt().atZone(Gathering.TIME_ZONE).toLocalDateTime(),
        Gathering.TIME_ZONE,
        gathering.eventId(),
        live(front, gathering.eventId()),
        live(front, stage.eventId()));
    gathering.setOut(api, clock);
    Ride ride = Ride.start(new Phone(api, clock, stage.link()), bus.track());
    while (!ride.isOver() || !gathering.isOver()) {
      print(stage, bus, out);
      out.println(gathering.look().line(Gathering.TIME_ZONE, gathering.startsAt()));
      Instant next = clock.now().plus(MINUTE);
      do {
        RemoteClock.sleep(SECOND);
      } while (clock.now().isBefore(next) && !(ride.isOver() && gathering.isOver()));
    }
    out.println("The ride is over: " + ride.end());
    await(stage, end(bus).and(Sight::arrived));
    print(stage, bus, out);
    gathering.faults().forEach(out::println);
    out.println(gathering.look().summary(Gathering.TIME_ZONE, gathering.startsAt()));
  }

  /// Functions start at their first call, which on a busy machine takes as long as a bus ride does
  /// here.
  private static void start(Api api) {
    try {
      for (String path : FUNCTIONS) {
        int attempts = 1;
        while (api.get(path, null).status() >= 500 && attempts < ATTEMPTS) {
          attempts++;
        }
      }
    } catch (IOException e) {
      throw new RunnerException("no answer from " + api, e);
    }
  }

  /// By how much everything has to happen later, for nobody to be on the way before all is made.
  static Duration later(RemoteClock clock, Instant first) {
    double seconds = PREPARATION.toSeconds() * clock.speed();
    Duration missing = Duration.between(first, clock.now().plusSeconds(Math.round(seconds)));
    long steps = Math.ceilDiv(Math.max(0, missing.toSeconds()), STEP.toSeconds());
    return STEP.multipliedBy(steps);
  }

  private static URI live(URI front, String event) {
    return front.resolve("/live#event=" + event);
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
    await(stage, end(occasion));
    print(stage, occasion, out);
  }

  /// Looks until it is seen, for a while.
  private static void await(Stage stage, Predicate<Sight> seen) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < PATIENCE.toNanos()
        && Sight.of(stage.etas()).filter(seen).isEmpty()) {
      RemoteClock.sleep(SECOND);
    }
  }

  /// What was sent last is seen when the queue has been emptied.
  private static Predicate<Sight> end(Occasion occasion) {
    Instant end = occasion.track().end().time();
    return sight -> end.equals(sight.lastPingAt());
  }

  private static void print(Stage stage, Occasion occasion, PrintStream out) {
    Sight.of(stage.etas()).ifPresent(sight -> out.println(sight.line(occasion.timeZone())));
  }
}
