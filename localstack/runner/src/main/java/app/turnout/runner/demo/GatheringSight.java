package app.turnout.runner.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// What the organiser sees of many at one time.
///
/// @param asOf the product's time of the answer
record GatheringSight(Instant asOf, List<Person> people) {
  /// Nobody knows where somebody is who has not told it for so long.
  private static final Duration SILENCE = Duration.ofMinutes(10);

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

  GatheringSight {
    people = List.copyOf(people);
  }

  /// What is seen of one of them.
  record Person(
      String name,
      @Nullable Instant eta,
      @Nullable Instant arrivedAt,
      @Nullable Instant lastPingAt,
      boolean arrived) {}

  /// Reads the answer of `eta/events/{id}`.
  static GatheringSight of(JsonNode etas) {
    List<Person> people = new ArrayList<>();
    for (JsonNode entry : etas.path("data")) {
      people.add(
          new Person(
              entry.path("name").asText(),
              Sight.time(entry, "eta"),
              Sight.time(entry, "arrived_at"),
              Sight.time(entry, "last_ping_at"),
              entry.path("arrived").asBoolean()));
    }
    return new GatheringSight(
        OffsetDateTime.parse(etas.path("as_of").asText()).toInstant(), people);
  }

  /// One line about all of them.
  ///
  /// @param startsAt who comes after it is late
  String line(ZoneId zone, Instant startsAt) {
    List<Person> silent = people.stream().filter(this::isSilent).toList();
    List<Person> coming =
        people.stream()
            .filter(person -> !person.arrived && person.lastPingAt != null && !isSilent(person))
            .toList();
    long late =
        coming.stream()
            .filter(person -> person.eta != null && person.eta.isAfter(startsAt))
            .count();
    StringJoiner line = new StringJoiner(", ");
    line.add(
        clock(asOf, zone)
            + "  Krems: "
            + people.stream().filter(Person::arrived).count()
            + " of "
            + people.size()
            + " have arrived");
    if (!coming.isEmpty()) {
      line.add(coming.size() + " on the way" + (late > 0 ? " (" + late + " will be late)" : ""));
    }
    if (!silent.isEmpty()) {
      line.add(silent.size() + " silent");
    }
    coming.stream()
        .filter(person -> person.eta != null && person.eta.isAfter(asOf))
        .min(Comparator.comparing(person -> person.eta == null ? Instant.MAX : person.eta))
        .ifPresent(next -> line.add("next " + next.name + " at " + clock(next.eta, zone)));
    return line.toString();
  }

  /// What became of them, when all phones have ended.
  String summary(ZoneId zone, Instant startsAt) {
    List<String> late =
        people.stream()
            .filter(person -> person.arrivedAt != null && person.arrivedAt.isAfter(startsAt))
            .map(person -> person.name + " at " + clock(person.arrivedAt, zone))
            .toList();
    List<String> missing =
        people.stream()
            .filter(person -> !person.arrived)
            .map(
                person ->
                    person.lastPingAt == null
                        ? person.name + " (never seen)"
                        : person.name + " (last seen at " + clock(person.lastPingAt, zone) + ")")
            .toList();
    return "Krems: "
        + (people.size() - missing.size())
        + " of "
        + people.size()
        + " have arrived"
        + (late.isEmpty() ? "" : "; late: " + String.join(", ", late))
        + (missing.isEmpty() ? "" : "; not there: " + String.join(", ", missing));
  }

  private boolean isSilent(Person person) {
    return !person.arrived
        && person.lastPingAt != null
        && person.lastPingAt.plus(SILENCE).isBefore(asOf);
  }

  private static String clock(@Nullable Instant instant, ZoneId zone) {
    return instant == null ? "?" : CLOCK.format(instant.atZone(zone));
  }
}
