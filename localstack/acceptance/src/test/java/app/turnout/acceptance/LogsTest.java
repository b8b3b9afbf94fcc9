package app.turnout.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.acceptance.Organiser.Participant;
import app.turnout.testing.ApiClient.Answer;
import app.turnout.testing.EmbeddedMetrics;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/// What functions log, in this test and in all that ran before it (it is the last, see [InOrder]):
/// lines of JSON that say in which request, and nobody's data.
@Isolated
@Order(Integer.MAX_VALUE)
class LogsTest {
  @RegisterExtension static final RunningTurnout TURNOUT = new RunningTurnout();

  private static final Pattern ADDRESS = Pattern.compile("[\\w.+-]+@[\\w-]+\\.[\\w.-]+");
  private static final Pattern TOKEN =
      Pattern.compile(
          "eyJ[\\w-]+\\.[\\w-]+|tk_[0-9a-f]{12}_[\\w-]{10}|Bearer \\S|Basic [A-Za-z0-9]");

  @Test
  void nothingOfAnybodysIsLogged() {
    live();

    Mentions somebodys = new Mentions(Secrecy.values());
    List<String> said = new ArrayList<>();
    List<JsonNode> events = new ArrayList<>(Secrecy.events());
    events.addAll(Secrecy.metrics());
    for (JsonNode event : events) {
      String line = event.toString();
      somebodys.in(line).forEach(value -> said.add(value + " in " + line));
      if (ADDRESS.matcher(line).find() || TOKEN.matcher(line).find()) {
        said.add(line);
      }
    }

    assertThat(said).isEmpty();
    assertThat(Secrecy.values()).hasSizeGreaterThan(20);
  }

  @Test
  void everyEventOfARequestSaysWhich() {
    Organiser organiser = Organiser.ready(TURNOUT.client(), "logged");
    replayStolenToken(organiser);

    Client.await(
        () ->
            Secrecy.events().stream()
                .anyMatch(event -> event.path("message").asText().endsWith("was used again")),
        "the warning");

    assertThat(Secrecy.events())
        .filteredOn(event -> event.path("logger").asText().startsWith("app.turnout."))
        .isNotEmpty()
        .allSatisfy(
            event -> {
              assertThat(event.path("function").asText()).isNotEmpty();
              assertThat(event.path("request_id").asText()).isNotEmpty();
            });
  }

  @Test
  void everyLineOfMetricsIsTakenByCloudWatch() {
    Organiser.ready(TURNOUT.client(), "measured");

    Client.await(
        () -> Secrecy.metrics().stream().anyMatch(line -> line.path("MailsSent").asInt() > 0),
        "the mail's metric");
    assertThat(Secrecy.metrics())
        .allSatisfy(
            line -> {
              assertThat(EmbeddedMetrics.faults(line)).isEmpty();
              assertThat(line.path("function").asText()).isNotEmpty();
              assertThat(line.path("trace_id").asText()).isNotEmpty();
            })
        .extracting(line -> line.at("/_aws/CloudWatchMetrics/0/Namespace").asText())
        .containsOnly("Turnout/dev");
  }

  @Test
  void accessLogSaysNothingOfTheCaller() {
    String template = Checkout.read(Checkout.ROOT.resolve("template.yaml"));
    String format = template.substring(template.indexOf("AccessLogSettings:"));
    format = format.substring(0, format.indexOf("# ----"));

    assertThat(Pattern.compile("\\$context\\.([\\w.]+)").matcher(format).results())
        .extracting(found -> found.group(1))
        .isNotEmpty()
        .doesNotContain("path", "httpMethod")
        .noneMatch(name -> name.matches("(?:identity|authorizer|domain|extended|awsEndpoint).*"));
  }

  /// Somebody's day, with all that can go wrong in it.
  private static void live() {
    Client client = TURNOUT.client();
    Organiser organiser = Organiser.ready(client, "private");
    String event = organiser.event(52.672777, -8.570741);
    Participant participant = organiser.participant(event);
    Answer added =
        organiser.post(
            "/api/v1/events/" + event + "/participants",
            """
            {"name": "Siobhán Ní Dhomhnaill", "phone": "+353871239876",
             "email": "siobhan.private@example.com"}\
            """);
    assertThat(added.status()).isEqualTo(201);
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    for (String where :
        List.of(
            "/api/v1/participants/" + participant.id() + "/locations",
            "/api/v1/participants/" + added.json().path("id").asText() + "/locations")) {
      client.post(
          where,
          participant.authorization(),
          """
          {"latitude": 52.6712345, "longitude": -8.5712345, "recorded_at": "%s"}\
          """
              .formatted(now));
    }
    client.post(
        "/api/v1/auth/login",
        "",
        """
        {"email": "%s", "password": "quite the wrong one"}\
        """
            .formatted(organiser.email()));
    client.post("/api/v1/auth/login", "", "{\"email\": \"%s\", ".formatted(organiser.email()));
    client.post(
        "/api/v1/auth/register",
        "",
        """
        {"email": "%s", "password": "another password of ours", "name": "Áine Ní Bhriain"}\
        """
            .formatted(organiser.email()));
    client.post(
        "/api/v1/auth/refresh",
        "",
        """
        {"refresh_token": "%s"}\
        """
            .formatted(organiser.refreshToken().substring(1)));
    replayStolenToken(organiser);
    client.get("/api/v1/events/" + event, "Bearer " + organiser.accessToken() + "x");
    client.send(
        "POST",
        "/api/v1/events?email=" + organiser.email(),
        organiser.authorization(),
        new byte[] {'{', (byte) 0xff},
        Map.of("User-Agent", organiser.email()));
  }

  /// A refresh token that was used is used again, later than a phone would.
  private static void replayStolenToken(Organiser organiser) {
    String body = "{\"refresh_token\": \"%s\"}".formatted(organiser.refreshToken());
    String newest = body;
    for (int i = 0; i < 2; i++) {
      Answer answer = TURNOUT.client().post("/api/v1/auth/refresh", "", newest);
      assertThat(answer.status()).isEqualTo(200);
      newest =
          "{\"refresh_token\": \"%s\"}".formatted(answer.json().path("refresh_token").asText());
    }
    assertThat(TURNOUT.client().post("/api/v1/auth/refresh", "", body).status()).isEqualTo(401);
  }
}
