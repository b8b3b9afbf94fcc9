package app.turnout.bench;

import app.turnout.runner.Runner;
import app.turnout.runner.replay.Answer;
import app.turnout.runner.replay.Api;
import app.turnout.runner.replay.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An organiser with an event whose participants may be located, all made by the API.
///
/// @param accessToken of the organiser, good for a quarter of an hour
/// @param occurrence the event's date
record Stage(
    String accessToken,
    UUID user,
    UUID organization,
    UUID event,
    UUID occurrence,
    List<Participant> participants,
    Account account) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern TOKEN = Pattern.compile("token=([\\w.~-]+)");

  /// Whom the access token is of.
  record Account(String email, String password) {}

  /// @param link the token that a phone sends
  record Participant(UUID id, String link) {}

  Stage {
    participants = List.copyOf(participants);
  }

  static Stage set(Runner runner, int participants) throws IOException, InterruptedException {
    Api api = new Api(runner.front());
    String email = UUID.randomUUID() + "@example.com";
    Account account = new Account(email, UUID.randomUUID().toString());
    ObjectNode login = login(account);
    post(api, "/api/v1/auth/register", null, login.deepCopy().put("name", "Olivia Organiser"));
    String proof = mailedToken(new Api(runner.mailbox()), email);
    post(api, "/api/v1/auth/verify-email", null, Json.object().put("token", proof));
    String outside = post(api, "/api/v1/auth/login", null, login).path("access_token").asText();
    UUID organization =
        id(
            post(
                api,
                "/api/v1/organizations",
                outside,
                Json.object().put("name", "Benchmark").put("type", "event")));
    String token = switched(api, outside, organization);
    UUID event = id(post(api, "/api/v1/events", token, plan()));
    JsonNode published = post(api, "/api/v1/events/" + event + "/activate", token, Json.object());
    List<Participant> added = new ArrayList<>();
    for (int i = 0; i < participants; i++) {
      added.add(participant(api, token, event));
    }
    return new Stage(
        token,
        UUID.fromString(published.path("created_by").asText()),
        organization,
        event,
        id(published.path("occurrence")),
        added,
        account);
  }

  /// The same with an access token of now.
  Stage renewed(Runner runner) throws IOException {
    Api api = new Api(runner.front());
    String outside =
        post(api, "/api/v1/auth/login", null, login(account)).path("access_token").asText();
    return new Stage(
        switched(api, outside, organization),
        user,
        organization,
        event,
        occurrence,
        participants,
        account);
  }

  /// Lets the organization expect as many as any plan allows.
  void allowMany(Runner runner) throws SQLException {
    try (Connection connection = runner.superuser().getConnection();
        PreparedStatement plan =
            connection.prepareStatement(
                "update organizations set plan = 'enterprise' where id = ?")) {
      plan.setObject(1, organization);
      plan.executeUpdate();
    }
  }

  /// The same with another date.
  Stage at(UUID otherEvent, UUID otherOccurrence, List<Participant> others) {
    return new Stage(accessToken, user, organization, otherEvent, otherOccurrence, others, account);
  }

  private static ObjectNode login(Account account) {
    return Json.object().put("email", account.email()).put("password", account.password());
  }

  private static String switched(Api api, String token, UUID organization) throws IOException {
    return post(
            api,
            "/api/v1/auth/switch",
            token,
            Json.object().put("organization_id", organization.toString()))
        .path("access_token")
        .asText();
  }

  /// Its tracking window opened a day ago and more.
  static ObjectNode plan() {
    Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofHours(1));
    ObjectNode event =
        Json.object()
            .put("title", "Morning lecture")
            .put("description", "Where everybody is expected, and nobody arrives")
            .put("category", "lecture")
            .put("time_zone", "Europe/Dublin")
            .put("starts_at", start.toString())
            .put("ends_at", start.plus(Duration.ofHours(2)).toString())
            .put("tracking_opens_minutes_before", Duration.ofHours(26).toMinutes());
    event.putObject("position").put("latitude", 53.3438).put("longitude", -6.2546);
    return event;
  }

  private static Participant participant(Api api, String token, UUID event) throws IOException {
    JsonNode added =
        post(
            api,
            "/api/v1/events/" + event + "/participants",
            token,
            Json.object().put("name", "Brendan"));
    Participant participant = new Participant(id(added), added.path("link").path("token").asText());
    post(
        api,
        "/api/v1/participants/" + participant.id() + "/consent",
        participant.link(),
        Json.object().put("granted", true));
    return participant;
  }

  static JsonNode post(Api api, String path, @Nullable String token, ObjectNode body)
      throws IOException {
    Answer answer = api.post(path, token == null ? null : "Bearer " + token, body);
    if (!answer.isSuccess()) {
      throw new IllegalStateException(answer.summary());
    }
    return answer.body();
  }

  private static String mailedToken(Api mailbox, String address)
      throws IOException, InterruptedException {
    for (Instant end = Instant.now().plus(PATIENCE); Instant.now().isBefore(end); ) {
      for (JsonNode mail : mailbox.get("/messages?to=" + address, null).body()) {
        Matcher token = TOKEN.matcher(mail.path("text").asText());
        if (token.find()) {
          return token.group(1);
        }
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException("no mail came to " + address);
  }

  static UUID id(JsonNode made) {
    return UUID.fromString(made.path("id").asText());
  }
}
