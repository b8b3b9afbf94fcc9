package app.turnout.runner.demo;

import app.turnout.runner.RunnerException;
import app.turnout.runner.replay.Answer;
import app.turnout.runner.replay.Api;
import app.turnout.runner.replay.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Somebody with an account, logged in. Access tokens live for 15 minutes of the product's time,
/// which is seconds when its clock runs fast: whoever is answered 401 refreshes and asks again.
final class Organiser {
  private static final int UNAUTHORIZED = 401;

  private final Api api;
  private final String email;
  private final String password;
  private String accessToken = "";
  private String refreshToken = "";
  private String organizationId = "";

  private Organiser(Api api, String email, String password) {
    this.api = api;
    this.email = email;
    this.password = password;
  }

  /// Registers, follows the link in the mail, and logs in.
  static Organiser register(Api api, Mailbox mailbox, String email, String password, String name) {
    Organiser organiser = new Organiser(api, email, password);
    organiser.open(
        "/api/v1/auth/register",
        Json.object().put("email", email).put("password", password).put("name", name));
    organiser.open(
        "/api/v1/auth/verify-email", Json.object().put("token", mailbox.verificationToken(email)));
    organiser.take(
        organiser.open(
            "/api/v1/auth/login", Json.object().put("email", email).put("password", password)));
    return organiser;
  }

  String email() {
    return email;
  }

  String password() {
    return password;
  }

  String accessToken() {
    return accessToken;
  }

  /// Acts in an organization from now on.
  void actIn(String organization) {
    organizationId = organization;
    accessToken =
        post("/api/v1/auth/switch", Json.object().put("organization_id", organization))
            .path("access_token")
            .asText();
  }

  JsonNode get(String path) {
    return authorized(() -> api.get(path, "Bearer " + accessToken));
  }

  /// All entries of a list, page by page.
  List<JsonNode> all(String path) {
    List<JsonNode> all = new ArrayList<>();
    String query = "?limit=100";
    while (true) {
      JsonNode page = get(path + query);
      page.path("data").forEach(all::add);
      if (!page.hasNonNull("next_cursor")) {
        return all;
      }
      String cursor = page.get("next_cursor").asText();
      query = "?limit=100&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
    }
  }

  JsonNode post(String path, ObjectNode body) {
    return authorized(() -> api.post(path, "Bearer " + accessToken, body));
  }

  private interface Call {
    Answer send() throws IOException;
  }

  private JsonNode authorized(Call call) {
    Answer answer = send(call);
    if (answer.status() == UNAUTHORIZED) {
      refresh();
      answer = send(call);
    }
    return success(answer);
  }

  private void refresh() {
    JsonNode tokens =
        open("/api/v1/auth/refresh", Json.object().put("refresh_token", refreshToken));
    take(tokens);
    if (!organizationId.isEmpty()
        && !organizationId.equals(tokens.path("organization_id").asText())) {
      actIn(organizationId);
    }
  }

  private void take(JsonNode tokens) {
    accessToken = tokens.path("access_token").asText();
    refreshToken = tokens.path("refresh_token").asText();
  }

  private JsonNode open(String path, ObjectNode body) {
    return success(send(() -> api.post(path, null, body)));
  }

  private Answer send(Call call) {
    try {
      return call.send();
    } catch (IOException e) {
      throw new RunnerException("no answer from " + api, e);
    }
  }

  private static JsonNode success(Answer answer) {
    if (!answer.isSuccess()) {
      throw new RunnerException(answer.summary());
    }
    return answer.body();
  }
}
