package app.turnout.runner.demo;

import app.turnout.runner.RunnerException;
import app.turnout.runner.replay.Answer;
import app.turnout.runner.replay.Api;
import app.turnout.runner.replay.Json;
import app.turnout.runner.replay.Link;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.UUID;

/// An organiser, an event and one participant who has agreed to be seen: all made by the API.
///
/// @param participant as the organiser reads it
record Stage(Organiser organiser, String eventId, JsonNode participant, Link link) {
  /// Makes it. The account is a new one each time, so that it can be made again.
  static Stage set(Api api, Mailbox mailbox, Occasion occasion) {
    return set(api, organiser(api, mailbox), occasion);
  }

  /// Somebody new with an account and an organization.
  static Organiser organiser(Api api, Mailbox mailbox) {
    String random = UUID.randomUUID().toString();
    Organiser organiser =
        Organiser.register(
            api,
            mailbox,
            "organiser-" + random.substring(0, 8) + "@example.com",
            random,
            "Olivia Organiser");
    String organization =
        organiser
            .post(
                "/api/v1/organizations",
                Json.object().put("name", "University of Limerick").put("type", "school"))
            .path("id")
            .asText();
    organiser.actIn(organization);
    return organiser;
  }

  /// Makes the event and its participant for an organiser.
  static Stage set(Api api, Organiser organiser, Occasion occasion) {
    String event = organiser.post("/api/v1/events", event(occasion)).path("id").asText();
    organiser.post("/api/v1/events/" + event + "/activate", Json.object());
    JsonNode participant =
        organiser.post(
            "/api/v1/events/" + event + "/participants", Json.object().put("name", "Brendan"));
    Link link =
        new Link(participant.path("id").asText(), participant.path("link").path("token").asText());
    consent(api, link);
    return new Stage(organiser, event, participant, link);
  }

  JsonNode etas() {
    return organiser.get("/api/v1/eta/events/" + eventId);
  }

  private static ObjectNode event(Occasion occasion) {
    ObjectNode event =
        Json.object()
            .put("title", occasion.title())
            .put("type", "demand")
            .put("time_zone", occasion.timeZone().getId())
            .put("starts_at", occasion.startsAt().toString())
            .put("ends_at", occasion.endsAt().toString())
            .put("arrival_radius_metres", Math.round(Occasion.ARRIVAL_RADIUS_METRES))
            .put("tracking_opens_minutes_before", occasion.trackingOpensBefore().toMinutes())
            .put("check_in_on_arrival", false);
    event
        .putObject("position")
        .put("latitude", occasion.destination().latitude())
        .put("longitude", occasion.destination().longitude());
    return event;
  }

  /// Somebody agrees to be seen.
  static void consent(Api api, Link link) {
    try {
      Answer answer =
          api.post(
              "/api/v1/participants/" + link.participantId() + "/consent",
              "Bearer " + link.token(),
              Json.object().put("granted", true));
      if (!answer.isSuccess()) {
        throw new RunnerException(answer.summary());
      }
    } catch (IOException e) {
      throw new RunnerException("no answer from " + api, e);
    }
  }
}
