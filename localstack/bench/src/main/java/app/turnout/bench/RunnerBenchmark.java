package app.turnout.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How soon `localstack/up` is ready, from the start of its process, and what it takes when all its
/// functions are loaded. Processes of their own, started as the script starts them.
final class RunnerBenchmark {
  private static final int STARTS = 5;
  private static final String READY = "Ready after ";

  private final Path checkout;
  private final Path data;
  private final Consumer<String> told;

  RunnerBenchmark(Path checkout, Consumer<String> told) {
    this.checkout = checkout.toAbsolutePath();
    this.data = this.checkout.resolve("localstack/bench/target/runner-data");
    this.told = told;
  }

  /// @throws IOException when one does not start
  String measure() throws IOException, InterruptedException {
    told.accept(
        "Starting localstack/up " + STARTS + " times with fresh stores, and again with these");
    double[] fresh = new double[STARTS];
    double[] again = new double[STARTS];
    for (int i = 0; i < STARTS; i++) {
      fresh[i] = secondsUntilReady("--fresh");
      again[i] = secondsUntilReady();
    }
    told.accept("Loading all functions");
    return String.format(
        Locale.ROOT,
        """
        localstack/up is ready after, s (target 6): median of %d (least–most)
            fresh stores          %s
            stores that are there %s
        %s
        """,
        STARTS,
        text(Spread.of(fresh)),
        text(Spread.of(again)),
        loaded());
  }

  private static String text(Spread seconds) {
    return String.format(
        Locale.ROOT, "%.1f (%.1f–%.1f)", seconds.median(), seconds.minimum(), seconds.maximum());
  }

  private double secondsUntilReady(String... options) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("--port", "0", "--data", data.toString()));
    arguments.addAll(List.of(options));
    long begin = System.nanoTime();
    Process process = java("localstack/runner", "app.turnout.runner.Main", arguments);
    List<String> said = new ArrayList<>();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(READY)) {
          double seconds = (System.nanoTime() - begin) / 1e9;
          process.toHandle().destroy(); // As Ctrl-C does; what it still says can be read.
          lines.lines().forEach(_ -> {});
          process.waitFor();
          return seconds;
        }
        said.add(line);
      }
    } finally {
      process.destroy();
    }
    throw new IOException("localstack/up did not start: " + String.join("; ", said));
  }

  /// What [LoadedRunner] says.
  private String loaded() throws IOException, InterruptedException {
    Process process =
        java(
            "localstack/bench",
            LoadedRunner.class.getName(),
            List.of(checkout.toString(), data.toString()));
    List<String> said;
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      said = lines.lines().toList();
    }
    if (process.waitFor() != 0) {
      throw new IOException("not all functions were loaded: " + String.join("; ", said));
    }
    return said.stream()
        .filter(line -> line.startsWith(LoadedRunner.RESULT))
        .collect(Collectors.joining("\n"));
  }

  /// As `localstack/up` does it.
  private Process java(String module, String main, List<String> arguments) throws IOException {
    Path target = checkout.resolve(module).resolve("target");
    Path jar;
    try (Stream<Path> files = Files.list(target)) {
      jar =
          files
              .filter(file -> file.getFileName().toString().matches("turnout-\\w+-.*\\.jar"))
              .findFirst()
              .orElseThrow(() -> new IOException(module + " is not built"));
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dturnout.checkout=" + checkout,
                "-cp",
                jar + File.pathSeparator + target.resolve("lib") + File.separator + "*",
                main));
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
