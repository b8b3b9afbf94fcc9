package app.turnout.runner.demo;

import app.turnout.runner.RunnerException;
import app.turnout.runner.replay.Api;
import app.turnout.runner.replay.Json;
import app.turnout.runner.replay.Link;
import app.turnout.runner.replay.Phone;
import app.turnout.runner.replay.RemoteClock;
import app.turnout.runner.replay.Track;
import app.turnout.runner.replay.TrackPoint;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// Thirty people on their way to one place in Krems, made by the API for an organiser: most come in
/// time, four do not, one gets lost, and one phone falls silent.
final class Gathering {
  static final String TITLE = "Tournament in Krems";
  static final ZoneId TIME_ZONE = ZoneId.of("Europe/Vienna");

  private static final Instant STARTS_AT = Instant.parse("2019-02-18T08:30:00Z");
  private static final Duration LENGTH = Duration.ofHours(3);
  private static final Duration TRACKING_OPENS_BEFORE = Duration.ofHours(1);

  /// The Sporthalle.
  private static final TrackPoint PLACE = new TrackPoint(STARTS_AT, 48.4055, 15.6005, null);

  private final Organiser organiser;
  private final String eventId;
  private final Instant startsAt;
  private final List<Track> tracks;
  private final List<Link> links;
  private final List<Ride> rides = new ArrayList<>();

  private Gathering(
      Organiser organiser, String eventId, Instant startsAt, List<Track> tracks, List<Link> links) {
    this.organiser = organiser;
    this.eventId = eventId;
    this.startsAt = startsAt;
    this.tracks = tracks;
    this.links = links;
  }

  /// Makes the event, whom it expects, and their consent.
  ///
  /// @param later how much later than on the tracks it is to happen
  static Gathering set(Api api, Organiser organiser, Duration later) {
    Instant startsAt = STARTS_AT.plus(later);
    List<Track> tracks =
        Track.resources("/tracks/krems.gpx").stream()
            .map(track -> track.startingAt(track.start().time().plus(later)))
            .toList();
    String event = organiser.post("/api/v1/events", event(startsAt)).path("id").asText();
    organiser.post("/api/v1/events/" + event + "/activate", Json.object());
    ObjectNode batch = Json.object();
    ArrayNode participants = batch.putArray("participants");
    tracks.forEach(track -> participants.addObject().put("name", track.name()));
    JsonNode results =
        organiser.post("/api/v1/events/" + event + "/participants/batch", batch).path("results");
    List<Link> links = new ArrayList<>();
    for (JsonNode result : results) {
      Link link =
          new Link(
              result.path("participant_id").asText(), result.path("link").path("token").asText());
      Stage.consent(api, link);
      links.add(link);
    }
    if (links.size() != tracks.size()) {
      throw new RunnerException(tracks.size() + " people were to be added, not " + links.size());
    }
    return new Gathering(organiser, event, startsAt, tracks, links);
  }

  String eventId() {
    return eventId;
  }

  Instant startsAt() {
    return startsAt;
  }

  /// Everybody sets out, each at the time of the track.
  void setOut(Api api, RemoteClock clock) {
    for (int i = 0; i < tracks.size(); i++) {
      rides.add(Ride.start(new Phone(api, clock, links.get(i)), tracks.get(i)));
    }
  }

  boolean isOver() {
    return rides.stream().allMatch(Ride::isOver);
  }

  /// Why phones gave up, one line each, when all have ended.
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    for (int i = 0; i < rides.size(); i++) {
      try {
        rides.get(i).end();
      } catch (RunnerException e) {
        faults.add(tracks.get(i).name() + "'s phone gave up: " + e.getMessage());
      }
    }
    return faults;
  }

  /// What the organiser sees of them.
  GatheringSight look() {
    return GatheringSight.of(organiser.get("/api/v1/eta/events/" + eventId + "?limit=100"));
  }

  private static ObjectNode event(Instant startsAt) {
    ObjectNode event =
        Json.object()
            .put("title", TITLE)
            .put("type", "demand")
            .put("time_zone", TIME_ZONE.getId())
            .put("starts_at", startsAt.toString())
            .put("ends_at", startsAt.plus(LENGTH).toString())
            .put("arrival_radius_metres", Math.round(Occasion.ARRIVAL_RADIUS_METRES))
            .put("tracking_opens_minutes_before", TRACKING_OPENS_BEFORE.toMinutes())
            .put("check_in_on_arrival", false);
    event
        .putObject("position")
        .put("latitude", PLACE.latitude())
        .put("longitude", PLACE.longitude());
    return event;
  }
}
