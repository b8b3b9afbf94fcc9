package app.turnout.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.StringJoiner;
import java.util.function.LongFunction;

/// Pings that one phone sends in one request, a second apart, in each of the forms they take on
/// their way.
///
/// @param from when the first was recorded, a whole second
/// @param count of pings
record Call(Stage stage, Stage.Participant participant, Instant from, int count) {
  /// The request's body.
  byte[] body() {
    return list(
            "{\"locations\":[",
            ",",
            "]}",
            time ->
                """
                {"latitude":%s,"longitude":%s,"recorded_at":"%s","accuracy_metres":%s,\
                "altitude_metres":12.5,"speed_metres_per_second":%s,"heading_degrees":%s,\
                "battery_percent":87}\
                """
                    .formatted(
                        latitude(time),
                        longitude(time),
                        Instant.ofEpochSecond(time),
                        accuracy(time),
                        speed(time),
                        heading(time)))
        .getBytes(StandardCharsets.UTF_8);
  }

  /// The message that `locations` would make of it, not packed.
  String message(Instant receivedAt) {
    String begin =
        """
        {"v":1,"organization":"%s","occurrence":"%s","participant":"%s","received_at":"%s",\
        "source":"json","pings":[\
        """
            .formatted(stage.organization(), stage.occurrence(), participant.id(), receivedAt);
    return list(
        begin,
        ",",
        "]}",
        time ->
            "[%d000000,%s,%s,%s,12.5,%s,%s,87.0]"
                .formatted(
                    time,
                    latitude(time),
                    longitude(time),
                    accuracy(time),
                    speed(time),
                    heading(time)));
  }

  /// The rows that the writer makes of it, as COPY reads text.
  String rows(Instant receivedAt) {
    return list(
        "",
        "",
        "",
        time ->
            "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t12.5\t%s\t%s\t87\tjson\n"
                .formatted(
                    stage.organization(),
                    stage.occurrence(),
                    participant.id(),
                    Instant.ofEpochSecond(time),
                    receivedAt,
                    latitude(time),
                    longitude(time),
                    accuracy(time),
                    speed(time),
                    heading(time)));
  }

  /// When the last one was recorded.
  Instant last() {
    return from.plusSeconds(count - 1);
  }

  private String list(String begin, String between, String end, LongFunction<String> ping) {
    StringJoiner list = new StringJoiner(between, begin, end);
    for (int i = 0; i < count; i++) {
      list.add(ping.apply(from.getEpochSecond() + i));
    }
    return list.toString();
  }

  /// Nowhere near the event: nobody arrives.
  private static double latitude(long time) {
    return (52_660_000 + time % 1_000 * 41) / 1e6;
  }

  private static double longitude(long time) {
    return (-8_620_000 + time % 700 * 61) / 1e6;
  }

  private static double accuracy(long time) {
    return (30 + time % 70) / 10.0;
  }

  private static double speed(long time) {
    return time % 140 / 10.0;
  }

  private static double heading(long time) {
    return time % 3_600 / 10.0;
  }
}
