package app.turnout.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.testing.ApiClient.Answer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Somebody with an account, acting in an organization of their own.
///
/// @param refreshToken as it came with the login
record Organiser(
    Client client, String email, String organization, String accessToken, String refreshToken) {
  static final String PASSWORD = "three quiet tram stops";
  private static final Pattern TOKEN = Pattern.compile("token=([\\w.-]+)");

  /// Somebody who takes part without an account.
  record Participant(String id, String link) {
    String authorization() {
      return "Bearer " + link;
    }
  }

  /// Registers, verifies the address by the mail, logs in, founds an organization and enters it.
  static Organiser ready(Client client, String name) {
    String email = name + "-" + UUID.randomUUID() + "@example.com";
    register(client, email);
    Answer login = login(client, email);
    Answer founded =
        client.post(
            "/api/v1/organizations",
            "Bearer " + login.json().path("access_token").asText(),
            """
            {"name": "%s's", "type": "event"}\
            """
                .formatted(name));
    assertThat(founded.status()).isEqualTo(201);
    return entered(client, email, login, founded.json().path("id").asText());
  }

  /// The same one, logged in once more: what was done long ago was done with a token that is over.
  Organiser again() {
    return entered(client, email, login(client, email), organization);
  }

  private static Answer login(Client client, String email) {
    Answer login =
        client.post(
            "/api/v1/auth/login",
            "",
            """
            {"email": "%s", "password": "%s"}\
            """
                .formatted(email, PASSWORD));
    assertThat(login.status()).isEqualTo(200);
    return login;
  }

  private static Organiser entered(Client client, String email, Answer login, String organization) {
    Answer switched =
        client.post(
            "/api/v1/auth/switch",
            "Bearer " + login.json().path("access_token").asText(),
            """
            {"organization_id": "%s"}\
            """
                .formatted(organization));
    assertThat(switched.status()).isEqualTo(200);
    return new Organiser(
        client,
        email,
        organization,
        switched.json().path("access_token").asText(),
        login.json().path("refresh_token").asText());
  }

  /// Registers an address and verifies it by the mail.
  static void register(Client client, String email) {
    Answer registered =
        client.post(
            "/api/v1/auth/register",
            "",
            """
            {"email": "%s", "password": "%s", "name": "Somebody"}\
            """
                .formatted(email, PASSWORD));
    assertThat(registered.status()).isEqualTo(202);
    Matcher token = TOKEN.matcher(client.mailTo(email, "token="));
    assertThat(token.find()).isTrue();
    Answer verified =
        client.post(
            "/api/v1/auth/verify-email",
            "",
            """
            {"token": "%s"}\
            """
                .formatted(token.group(1)));
    assertThat(verified.status()).isEqualTo(204);
  }

  String authorization() {
    return "Bearer " + accessToken;
  }

  Answer get(String path) {
    return client.get(path, authorization());
  }

  Answer post(String path, String body) {
    return client.post(path, authorization(), body);
  }

  /// A published event at a position that starts in half an hour, so that positions are taken now.
  String event(double latitude, double longitude) {
    Instant start = Instant.now().plus(30, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS);
    Answer planned =
        post(
            "/api/v1/events",
            """
            {"title": "Lecture", "time_zone": "Europe/Dublin", "starts_at": "%s", "ends_at": "%s",
             "position": {"latitude": %s, "longitude": %s}}\
            """
                .formatted(start, start.plus(1, ChronoUnit.HOURS), latitude, longitude));
    assertThat(planned.status()).isEqualTo(201);
    String event = planned.json().path("id").asText();
    assertThat(post("/api/v1/events/" + event + "/activate", "").status()).isEqualTo(200);
    return event;
  }

  /// A participant who lets themselves be located.
  Participant participant(String event) {
    Answer added = post("/api/v1/events/" + event + "/participants", "{\"name\": \"Brendan\"}");
    assertThat(added.status()).isEqualTo(201);
    Participant participant =
        new Participant(
            added.json().path("id").asText(), added.json().path("link").path("token").asText());
    assertThat(
            client
                .post(
                    "/api/v1/participants/" + participant.id() + "/consent",
                    participant.authorization(),
                    "{\"granted\": true}")
                .status())
        .isEqualTo(200);
    return participant;
  }
}
