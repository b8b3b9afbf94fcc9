package app.turnout.runner.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the organiser sees of the one participant at one time.
///
/// @param asOf the product's time of the answer
/// @param eta null, as all the rest, before the first position
record Sight(
    Instant asOf,
    String name,
    String strategy,
    @Nullable Instant eta,
    double distanceMetres,
    boolean moving,
    boolean arrived,
    @Nullable Instant arrivedAt,
    @Nullable Instant lastPingAt) {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

  /// Reads the answer of `eta/events/{id}` for an event with one participant; empty without one.
  static Optional<Sight> of(JsonNode etas) {
    JsonNode entry = etas.path("data").path(0);
    return entry.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new Sight(
                OffsetDateTime.parse(etas.path("as_of").asText()).toInstant(),
                entry.path("name").asText(),
                entry.path("strategy").asText(),
                time(entry, "eta"),
                entry.path("distance_metres").asDouble(),
                entry.path("moving").asBoolean(),
                entry.path("arrived").asBoolean(),
                time(entry, "arrived_at"),
                time(entry, "last_ping_at")));
  }

  String line(ZoneId zone) {
    String time = clock(asOf, zone);
    if (lastPingAt == null || eta == null) {
      return time + "  " + name + " has sent no position yet";
    }
    if (arrived) {
      return time + "  " + name + " arrived at " + clock(arrivedAt, zone);
    }
    return String.format(
        Locale.ROOT,
        "%s  %s %s (%.1f km, %s, by %s, position of %s)",
        time,
        name,
        asOf.isBefore(eta)
            ? "arrives at %s, in %d min"
                .formatted(clock(eta, zone), Duration.between(asOf, eta).toMinutes())
            : "was due at " + clock(eta, zone),
        distanceMetres / 1000,
        moving ? "moving" : "standing",
        strategy,
        clock(lastPingAt, zone));
  }

  static @Nullable Instant time(JsonNode json, String field) {
    return json.hasNonNull(field)
        ? OffsetDateTime.parse(json.get(field).asText()).toInstant()
        : null;
  }

  private static String clock(@Nullable Instant instant, ZoneId zone) {
    return instant == null ? "?" : CLOCK.format(instant.atZone(zone));
  }
}
