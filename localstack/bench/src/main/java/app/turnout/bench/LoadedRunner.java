package app.turnout.bench;

import app.turnout.runner.Runner;
import app.turnout.runner.RunnerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A process that is what `localstack/up` is, calls each function by the event that is kept for it,
/// and tells what it takes then.
final class LoadedRunner {
  static final String RESULT = "With all ";

  private static final Pattern FUNCTION = Pattern.compile("^(\\w+).*\\.json$");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  private LoadedRunner() {}

  /// Loads, tells, ends.
  ///
  /// @param arguments the checkout, and where to keep data
  public static void main(String[] arguments) throws IOException {
    Path checkout = Path.of(arguments[0]);
    try (Runner runner =
        Runner.start(
            RunnerOptions.fresh(checkout.resolve("template.yaml"), Path.of(arguments[1])))) {
      Set<String> functions = new TreeSet<>();
      try (Stream<Path> events = Files.list(checkout.resolve("localstack/events"))) {
        for (Path event : events.sorted().toList()) {
          Matcher name = FUNCTION.matcher(event.getFileName().toString());
          if (name.matches()) {
            runner.invoke(name.group(1), Files.readString(event));
            functions.add(name.group(1));
          }
        }
      }
      System.out.printf(
          Locale.ROOT,
          "%s%d functions loaded: %,d MB resident, PostgreSQL aside (target 1,500)%n",
          RESULT,
          functions.size(),
          residentKilobytes() / 1_000);
    }
    // A thread of DynamoDB Local does not end by itself.
    System.exit(0);
  }

  private static long residentKilobytes() throws IOException {
    Matcher resident = RESIDENT.matcher(Files.readString(Path.of("/proc/self/status")));
    if (!resident.find()) {
      throw new IOException("/proc/self/status does not tell what is resident");
    }
    return Long.parseLong(resident.group(1));
  }
}
