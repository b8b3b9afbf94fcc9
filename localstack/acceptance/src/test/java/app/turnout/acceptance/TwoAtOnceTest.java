package app.turnout.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.testing.ApiClient.Answer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Several callers do the same at the same time.
class TwoAtOnceTest {
  @RegisterExtension static final RunningTurnout TURNOUT = new RunningTurnout();

  @Test
  void sameIdempotencyKeyAtOnceMakesOneParticipant() throws Exception {
    Organiser organiser = Organiser.ready(TURNOUT.client(), "at-once");
    String path = "/api/v1/events/" + organiser.event(52.6, -8.5) + "/participants";

    List<Answer> answers =
        atOnce(
            8,
            () ->
                TURNOUT
                    .client()
                    .post(
                        path,
                        organiser.authorization(),
                        "{\"name\": \"Brendan\"}",
                        Map.of("Idempotency-Key", "once")));

    assertThat(answers).allMatch(answer -> answer.status() == 201);
    assertThat(answers.stream().map(Answer::body).distinct()).hasSize(1);
    assertThat(organiser.get(path).json().path("data")).hasSize(1);
  }

  @Test
  void oneOfManyActivatesADraft() throws Exception {
    Organiser organiser = Organiser.ready(TURNOUT.client(), "activate");
    Instant start = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    String event =
        organiser
            .post(
                "/api/v1/events",
                """
                {"title": "t", "time_zone": "UTC", "starts_at": "%s", "ends_at": "%s"}\
                """
                    .formatted(start, start.plusSeconds(60)))
            .json()
            .path("id")
            .asText();

    List<Answer> answers =
        atOnce(8, () -> organiser.post("/api/v1/events/" + event + "/activate", ""));

    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
    assertThat(answers).filteredOn(answer -> answer.status() == 409).hasSize(7);
  }

  @Test
  void oneOfManyMakesTheAreaOfAName() throws Exception {
    Organiser organiser = Organiser.ready(TURNOUT.client(), "area");

    List<Answer> answers =
        atOnce(
            8,
            () ->
                organiser.post(
                    "/api/v1/areas",
                    """
                    {"name": "Main Hall", "position": {"latitude": 1, "longitude": 1}}\
                    """));

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    assertThat(answers).filteredOn(answer -> answer.status() == 409).hasSize(7);
    assertThat(organiser.get("/api/v1/areas").json().path("data")).hasSize(1);
  }

  private static List<Answer> atOnce(int callers, Callable<Answer> call) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> calls = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        calls.add(threads.submit(call));
      }
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> each : calls) {
        answers.add(each.get());
      }
      return answers;
    }
  }
}
