package app.turnout.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.acceptance.Organiser.Participant;
import app.turnout.testing.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocket.Listener;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What one request caused is found by its trace, from function to function, over queues and the
/// outbox.
class TracesTest {
  @RegisterExtension static final RunningTurnout TURNOUT = new RunningTurnout();

  @Test
  void pingIsFollowedFromThePhoneToThoseWhoWatch() throws Exception {
    Organiser organiser = Organiser.ready(TURNOUT.client(), "traced");
    String event = organiser.event(52.672777, -8.570741);
    Participant participant = organiser.participant(event);
    String trace = trace();
    Watching watching = new Watching();
    WebSocket socket = watch(organiser, event, watching);

    Answer accepted =
        TURNOUT
            .client()
            .post(
                "/api/v1/participants/" + participant.id() + "/locations",
                participant.authorization(),
                """
                {"latitude": 52.66, "longitude": -8.57, "recorded_at": "%s"}\
                """
                    .formatted(Instant.now().truncatedTo(ChronoUnit.SECONDS)),
                Map.of("X-Amzn-Trace-Id", "Root=" + trace));

    assertThat(accepted.status()).isEqualTo(202);
    assertThat(watching.located.await(60, TimeUnit.SECONDS)).isTrue();
    socket.abort();
    Client.await(
        () -> functions(trace).containsAll(Set.of("locations", "location-writer", "live-push")),
        "the trace of a ping");
    JsonNode taken = metrics(trace, "locations");
    assertThat(taken.path("request_id").asText()).isEqualTo(accepted.header("X-Request-Id"));
    assertThat(taken.path("PingsTaken").asInt()).isEqualTo(1);
    assertThat(metrics(trace, "location-writer").path("PingsWritten").asInt()).isPositive();
    assertThat(metrics(trace, "live-push").path("LiveMessages").asInt()).isPositive();
  }

  @Test
  void mailIsFollowedFromTheRequestToTheMailServer() {
    String trace = trace();
    String email = "traced-" + UUID.randomUUID() + "@example.com";

    Answer registered =
        TURNOUT
            .client()
            .post(
                "/api/v1/auth/register",
                "",
                """
                {"email": "%s", "password": "%s", "name": "Somebody"}\
                """
                    .formatted(email, Organiser.PASSWORD),
                Map.of("X-Amzn-Trace-Id", "Root=" + trace));

    assertThat(registered.status()).isEqualTo(202);
    TURNOUT.client().mailTo(email, "token=");
    Client.await(() -> !relayed(trace).isEmpty(), "the trace of a mail");
    assertThat(relayed(trace))
        .singleElement()
        .asString()
        .matches("Message [0-9a-f-]{36} of kind email_verification is sent");
    assertThat(metrics(trace, "identity").path("request_id").asText())
        .isEqualTo(registered.header("X-Request-Id"));
  }

  private static String trace() {
    return "1-5759e988-" + UUID.randomUUID().toString().replace("-", "").substring(8);
  }

  /// What the relay said of a trace.
  private static List<String> relayed(String trace) {
    return Secrecy.events().stream()
        .filter(line -> line.path("trace_id").asText().equals(trace))
        .filter(line -> line.path("function").asText().equals("outbox-relay"))
        .map(line -> line.path("message").asText())
        .toList();
  }

  /// Whose lines of metrics name a trace.
  private static Set<String> functions(String trace) {
    Set<String> functions = new HashSet<>();
    for (JsonNode line : Secrecy.metrics()) {
      if (names(line, trace)) {
        functions.add(line.path("function").asText());
      }
    }
    return functions;
  }

  private static JsonNode metrics(String trace, String function) {
    return Secrecy.metrics().stream()
        .filter(line -> line.path("function").asText().equals(function))
        .filter(line -> names(line, trace))
        .findFirst()
        .orElseThrow();
  }

  private static boolean names(JsonNode line, String trace) {
    boolean[] isNamed = {line.path("trace_id").asText().equals(trace)};
    line.path("traces").forEach(one -> isNamed[0] |= one.asText().equals(trace));
    return isNamed[0];
  }

  private static WebSocket watch(Organiser organiser, String event, Watching watching)
      throws InterruptedException {
    Answer ticket = organiser.post("/api/v1/live/tickets", "{\"event_id\": \"" + event + "\"}");
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(ticket.json().path("url").asText()), watching)
            .join();
    socket.sendText("{\"action\": \"subscribe\", \"event_id\": \"" + event + "\"}", true).join();
    assertThat(watching.subscribed.await(60, TimeUnit.SECONDS)).isTrue();
    return socket;
  }

  /// Waits for what it is told.
  private static final class Watching implements Listener {
    final CountDownLatch subscribed = new CountDownLatch(1);
    final CountDownLatch located = new CountDownLatch(1);
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket socket, CharSequence part, boolean isLast) {
      text.append(part);
      if (isLast) {
        String type = Client.json(text.toString()).path("type").asText();
        text.setLength(0);
        switch (type) {
          case "event_update" -> subscribed.countDown();
          case "location_update" -> located.countDown();
          default -> {}
        }
      }
      socket.request(1);
      return null;
    }
  }
}
