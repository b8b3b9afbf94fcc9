package app.turnout.events.calendar;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where something takes place, as far as it is said.
record CalendarPlace(
    @Nullable String name,
    @Nullable String address,
    @Nullable String city,
    @Nullable Double latitude,
    @Nullable Double longitude) {
  /// Name, address and city, each once; empty when none is said.
  String text() {
    return Stream.of(name, address, city)
        .filter(Objects::nonNull)
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
