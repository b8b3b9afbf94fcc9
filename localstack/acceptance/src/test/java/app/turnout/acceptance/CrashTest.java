package app.turnout.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.acceptance.Organiser.Participant;
import app.turnout.runner.Runner;
import app.turnout.testing.ApiClient.Answer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The database crashes while everybody is at work, and comes back: whoever is told to come again
/// is served then, what was promised is there once, and nobody has to mend anything.
///
/// Where all classes run it happens before any of them ([RunningTurnout] sees to it); what queues
/// give out again is looked at by [AfterTheCrashTest].
class CrashTest {
  @RegisterExtension static final RunningTurnout TURNOUT = new RunningTurnout();

  private static final int CRASHES = 2;
  private static final int AT_LEAST = 15;

  private static Optional<Crash> crash = Optional.empty();

  /// What was answered well around the crashes.
  ///
  /// @param surprises answers that nobody should have had
  record Crash(
      Organiser organiser,
      String event,
      Participant participant,
      Set<String> names,
      Set<String> addresses,
      Set<Instant> positions,
      List<String> surprises) {}

  @Test
  void nothingPromisedIsLostAndNothingIsDoneTwice() throws Exception {
    Crash crash = crash(TURNOUT.runner(), TURNOUT.client());

    assertThat(crash.surprises()).isEmpty();
    assertThat(namesIn(crash.organiser(), crash.event()))
        .containsExactlyInAnyOrderElementsOf(crash.names());
  }

  /// The crash of this run; it happens at the first call.
  static synchronized Crash crash(Runner runner, Client client) throws Exception {
    if (crash.isEmpty()) {
      crash = Optional.of(new Happening(runner, client).happen());
    }
    return crash.get();
  }

  private static List<String> namesIn(Organiser organiser, String event) {
    return pages(organiser, "/api/v1/events/" + event + "/participants", "name").stream()
        .filter(name -> !name.equals("Brendan"))
        .toList();
  }

  static Set<Instant> positionsOf(Organiser organiser, Participant participant) {
    Set<Instant> positions = new HashSet<>();
    pages(organiser, "/api/v1/participants/" + participant.id() + "/locations", "recorded_at")
        .forEach(time -> positions.add(Instant.parse(time)));
    return positions;
  }

  private static List<String> pages(Organiser organiser, String path, String field) {
    List<String> values = new ArrayList<>();
    String cursor = "";
    do {
      Answer page = organiser.get(path + "?limit=100" + cursor);
      assertThat(page.status()).isEqualTo(200);
      page.json().path("data").forEach(entry -> values.add(entry.path(field).asText()));
      String next = page.json().path("next_cursor").asText("");
      cursor = next.isEmpty() || next.equals("null") ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());
    return values;
  }

  private static final class Happening {
    private final Runner runner;
    private final Client client;
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicInteger served = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> surprises = new ConcurrentLinkedQueue<>();

    Happening(Runner runner, Client client) {
      this.runner = runner;
      this.client = client;
    }

    private Crash happen() throws Exception {
      Organiser organiser = Organiser.ready(client, "crash");
      String event = organiser.event(52.6, -8.5);
      Participant participant = organiser.participant(event);
      Set<String> names = new HashSet<>();
      Set<String> addresses = new HashSet<>();
      Set<Instant> positions = new HashSet<>();

      try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
        List<Future<?>> work = new ArrayList<>();
        work.add(threads.submit(() -> whileItLasts(i -> names.add(add(organiser, event, i)))));
        work.add(threads.submit(() -> whileItLasts(i -> addresses.add(register(i)))));
        work.add(threads.submit(() -> whileItLasts(i -> positions.add(send(participant, i)))));
        work.add(
            threads.submit(
                () -> whileItLasts(i -> untilServed(() -> organiser.get("/api/v1/events")))));
        for (int i = 0; i < CRASHES; i++) {
          int before = served.get();
          Client.await(() -> served.get() >= before + AT_LEAST, "work before the crash");
          runner.crashDatabase();
        }
        int after = served.get();
        Client.await(() -> served.get() >= after + AT_LEAST, "work after the crash");
        isOver.set(true);
        for (Future<?> one : work) {
          one.get();
        }
      }
      return new Crash(
          organiser, event, participant, names, addresses, positions, List.copyOf(surprises));
    }

    private interface Deed {
      void of(int number);
    }

    private interface Request {
      Answer send();
    }

    private void whileItLasts(Deed deed) {
      for (int i = 0; !isOver.get(); i++) {
        deed.of(i);
      }
    }

    /// Asks until it is served, as a client may who is told to come again.
    private Answer untilServed(Request request) {
      Answer[] last = new Answer[1];
      Client.await(
          () -> {
            Answer answer = request.send();
            last[0] = answer;
            if (answer.status() == 503 && answer.header("Retry-After") != null) {
              return false;
            }
            if (answer.status() >= 300) {
              surprises.add(answer.status() + " " + answer.body());
            }
            return true;
          },
          "an answer");
      served.incrementAndGet();
      return last[0];
    }

    private String add(Organiser organiser, String event, int number) {
      String name = "Somebody " + number;
      untilServed(
          () ->
              client.post(
                  "/api/v1/events/" + event + "/participants",
                  organiser.authorization(),
                  "{\"name\": \"" + name + "\"}",
                  Map.of("Idempotency-Key", "crash-" + number)));
      return name;
    }

    private String register(int number) {
      String address = "crash-" + number + "-" + UUID.randomUUID() + "@example.com";
      untilServed(
          () ->
              client.post(
                  "/api/v1/auth/register",
                  "",
                  """
                  {"email": "%s", "password": "%s", "name": "Somebody"}\
                  """
                      .formatted(address, Organiser.PASSWORD)));
      return address;
    }

    private Instant send(Participant participant, int number) {
      Instant recorded =
          Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(1500).plusMillis(10L * number);
      untilServed(
          () ->
              client.post(
                  "/api/v1/participants/" + participant.id() + "/locations",
                  participant.authorization(),
                  """
                  {"latitude": 52.5, "longitude": -8.5, "recorded_at": "%s"}\
                  """
                      .formatted(recorded)));
      return recorded;
    }
  }
}
