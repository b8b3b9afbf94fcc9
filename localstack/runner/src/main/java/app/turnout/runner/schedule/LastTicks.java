package app.turnout.runner.schedule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// When each schedule came last, kept over a restart: one line each, name and time.
final class LastTicks {
  private final Path file;
  private final Map<String, Instant> ticks = new TreeMap<>();

  LastTicks(Path file) {
    this.file = file;
    try {
      for (String line :
          Files.exists(file) ? Files.readAllLines(file) : java.util.List.<String>of()) {
        int space = line.indexOf(' ');
        ticks.put(line.substring(0, space), Instant.parse(line.substring(space + 1)));
      }
    } catch (IOException | DateTimeException | IndexOutOfBoundsException e) {
      System.err.println(file + " is not readable: schedules start anew (" + e.getMessage() + ")");
    }
  }

  synchronized Optional<Instant> find(String schedule) {
    return Optional.ofNullable(ticks.get(schedule));
  }

  synchronized void put(String schedule, Instant tick) {
    ticks.put(schedule, tick);
    String lines =
        ticks.entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
            .collect(Collectors.joining());
    try {
      Path beside = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(beside, lines);
      Files.move(beside, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      System.err.println("cannot keep when schedules came last: " + e.getMessage());
    }
  }
}
