package app.turnout.runner.demo;

import app.turnout.runner.RunnerException;
import app.turnout.runner.replay.Api;
import app.turnout.runner.replay.Phone;
import app.turnout.runner.replay.Played;
import app.turnout.runner.replay.RemoteClock;
import app.turnout.runner.replay.Track;
import app.turnout.runner.replay.TrackPoint;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Plays a whole ride against a running product and checks what the organiser sees on the way and
/// at the end. The program behind `localstack/check-ride`.
public final class RideCheck {
  private static final String USAGE =
      """
      usage: localstack/check-ride [TRACK.gpx] [--url URL] [--mailbox URL]

      Against a running product whose clock is before the ride, such as
      `localstack/up --clock 2019-02-18T07:30:00Z --speed 60`: plays the bus ride (or the given
      track) and checks the arrival times on the way, the arrival, and what was stored.\
      """;

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Stage stage;
  private final Occasion occasion;
  private final PrintStream out;
  private final List<String> failures = new ArrayList<>();
  private final List<Sight> sights = new ArrayList<>();

  private RideCheck(Stage stage, Occasion occasion, PrintStream out) {
    this.stage = stage;
    this.occasion = occasion;
    this.out = out;
  }

  public static void main(String[] arguments) {
    if (List.of(arguments).contains("--help")) {
      System.out.println(USAGE);
      return;
    }
    try {
      run(Options.parse(arguments, "--url", "--mailbox"));
    } catch (RunnerException e) {
      System.err.println("check-ride: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void run(Options options) {
    Api api = new Api(options.url("--url", "http://127.0.0.1:8080"));
    Api mailbox = new Api(options.url("--mailbox", "http://127.0.0.1:8025"));
    RemoteClock clock = RemoteClock.of(api);
    Occasion occasion =
        options.operands().isEmpty()
            ? Occasion.busRide()
            : Occasion.of(Track.read(Path.of(options.operands().getFirst())));
    Stage stage = Stage.set(api, new Mailbox(mailbox), occasion);
    stage.etas(); // A first start takes seconds, which are minutes of a fast clock.
    Instant now = clock.now();
    if (marks(occasion).stream().anyMatch(mark -> now.isAfter(mark.moment(occasion.arrival())))) {
      throw new RunnerException(
          "the product's clock says " + now + ", too late for this ride: start it anew");
    }
    RideCheck check = new RideCheck(stage, occasion, System.out);
    Played played = check.watch(Ride.start(new Phone(api, clock, stage.link()), occasion.track()));
    System.out.println(played);
    if (played.refused() > 0) {
      check.failures.add(played.refused() + " positions were refused");
    }
    check.arrivalTimes();
    check.arrival();
    check.stored();
    if (!check.failures.isEmpty()) {
      throw new RunnerException(String.join("; ", check.failures));
    }
    System.out.println("The ride is as the organiser should see it.");
  }

  /// Those that the track is long enough for.
  private static List<Mark> marks(Occasion occasion) {
    return Mark.ALL.stream()
        .filter(mark -> mark.moment(occasion.arrival()).isAfter(occasion.track().start().time()))
        .toList();
  }

  /// Looks on until the last position is seen, and then until whoever is not heard of any more has
  /// arrived; then some times more.
  private Played watch(Ride ride) {
    while (!ride.isOver()) {
      look();
    }
    Played played = ride.end();
    Instant end = occasion.track().end().time();
    long over = System.nanoTime();
    while (sights.isEmpty() || !end.equals(sights.getLast().lastPingAt())) {
      if (System.nanoTime() - over > PATIENCE.toNanos()) {
        throw new RunnerException(
            "the last position is not seen " + PATIENCE.toSeconds() + " seconds after it was sent");
      }
      look();
    }
    while (!sights.getLast().arrived() && System.nanoTime() - over < PATIENCE.toNanos()) {
      look();
    }
    for (int again = 0; again < 5; again++) {
      look();
    }
    return played;
  }

  private void look() {
    Sight.of(stage.etas()).ifPresent(sights::add);
    RemoteClock.sleep(LOOK_EVERY);
  }

  private void arrivalTimes() {
    out.printf(
        "%nTrue arrival %s (within %.0f m)%n%-14s%-10s%-12s%-18s%-18s%s%n",
        local(occasion.arrival()),
        Occasion.ARRIVAL_RADIUS_METRES,
        "minutes left",
        "strategy",
        "seen at",
        "arrival foretold",
        "error in minutes",
        "allowed");
    for (Mark mark : marks(occasion)) {
      mark.seen(sights, occasion.arrival())
          .ifPresentOrElse(
              sight -> judge(mark, sight),
              () -> failures.add("nothing was seen at " + mark.minutesLeft() + " minutes left"));
    }
    out.println();
  }

  private void judge(Mark mark, Sight sight) {
    double error = mark.errorMinutes(sight, occasion.arrival());
    out.printf(
        "%-14d%-10s%-12s%-18s%-+18.1f±%d%n",
        mark.minutesLeft(),
        sight.strategy(),
        local(sight.asOf()),
        local(sight.eta()),
        error,
        mark.toleranceMinutes());
    if (Math.abs(error) > mark.toleranceMinutes()) {
      failures.add(String.format("%+.1f minutes wrong at %d left", error, mark.minutesLeft()));
    }
    if (sight.arrived()) {
      failures.add("arrived with " + mark.minutesLeft() + " minutes left");
    }
  }

  private String local(@Nullable Instant instant) {
    return instant == null ? "-" : CLOCK.format(instant.atZone(occasion.timeZone()));
  }

  /// One of the positions within the radius made the arrival: the first that was stored, which need
  /// not be the first that was recorded, since queues keep no order.
  private void arrival() {
    List<Sight> arrived = sights.stream().dropWhile(sight -> !sight.arrived()).toList();
    List<Instant> times = arrived.stream().map(Sight::arrivedAt).distinct().toList();
    if (arrived.isEmpty()) {
      failures.add("never arrived");
    } else if (!arrived.stream().allMatch(Sight::arrived)) {
      failures.add("arrived, and then not");
    } else if (times.size() != 1) {
      failures.add("arrived more than once: " + times);
    } else if (!occasion.timesWithinRadius().contains(times.getFirst())) {
      failures.add("arrived at " + times + ", when no position was within the radius");
    } else {
      out.println("Arrived once, at " + times.getFirst());
    }
    String status = participant().path("status").asText();
    if (!status.equals(stage.participant().path("status").asText())) {
      failures.add("the participant's status became " + status);
    }
  }

  private void stored() {
    List<Instant> sent = occasion.track().points().stream().map(TrackPoint::time).toList();
    String locations = "/api/v1/participants/" + stage.link().participantId() + "/locations";
    List<Instant> stored = new ArrayList<>();
    for (JsonNode ping : stage.organiser().all(locations)) {
      stored.add(Sight.time(ping, "recorded_at"));
    }
    if (!stored.stream().sorted().toList().equals(sent)) {
      failures.add(
          "%d positions sent, %d stored, %d of them different"
              .formatted(sent.size(), stored.size(), stored.stream().distinct().count()));
    } else {
      out.println("Stored " + stored.size() + " positions, each once");
    }
    Instant latest = Sight.time(stage.organiser().get(locations + "/latest"), "recorded_at");
    if (!occasion.track().end().time().equals(latest)) {
      failures.add("the latest position is of " + latest);
    }
  }

  private JsonNode participant() {
    return stage.organiser().get("/api/v1/participants/" + stage.link().participantId());
  }
}
