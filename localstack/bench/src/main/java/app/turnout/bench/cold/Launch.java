package app.turnout.bench.cold;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// How a function's process is started.
///
/// @param options of the virtual machine, class path included
/// @param main and its arguments
/// @param directory that it starts in, Lambda's `/var/task`
/// @param log its output
/// @param expected what its answer contains when it is good
record Launch(
    List<String> options,
    List<String> main,
    Path directory,
    Map<String, String> environment,
    Path log,
    String expected) {
  /// What Lambda's Java runtime starts with where it has 1,024 MB, and what keeps JDK 25 silent.
  private static final List<String> AS_LAMBDA =
      List.of(
          "-XX:+UseSerialGC",
          "-Xmx870m",
          "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  /// What it adds on Java 25 where no snapshot is taken.
  private static final String WITHOUT_SNAPSHOT = "-XX:TieredStopAtLevel=1";

  private static final int END_PATIENCE_SECONDS = 120;

  Launch {
    options = List.copyOf(options);
    main = List.copyOf(main);
    environment = Map.copyOf(environment);
  }

  /// The same with further options.
  ///
  /// @param name of its log
  Launch with(String name, String... more) {
    List<String> all = new ArrayList<>(List.of(more));
    all.addAll(options);
    return new Launch(
        all, main, directory, environment, log.resolveSibling(name + ".log"), expected);
  }

  /// One start, from the process to its first answer.
  Start cold(byte[] event) throws IOException, InterruptedException {
    try (RuntimeApi api = RuntimeApi.start(event)) {
      long begin = System.nanoTime();
      Process process = start(api, "on-demand", List.of(WITHOUT_SNAPSHOT));
      try {
        return measured(api, process, begin, 0);
      } finally {
        end(process);
      }
    } catch (TimeoutException e) {
      throw failed(e.getMessage());
    }
  }

  /// A process that waits for what is measured of it.
  interface Waiting {
    Start start() throws IOException, InterruptedException;
  }

  /// Starts a process until it may be frozen. There is no snapshot: it waits there, so what Lambda
  /// takes to bring its memory back is not measured.
  Waiting snapshot(byte[] event) throws IOException, InterruptedException {
    RuntimeApi api = RuntimeApi.start(event);
    Process process = start(api, "snap-start", List.of());
    try {
      api.awaitSnapshot();
    } catch (TimeoutException e) {
      end(process);
      api.close();
      throw failed(e.getMessage());
    }
    return () -> restored(api, process);
  }

  private Start restored(RuntimeApi api, Process process) throws IOException, InterruptedException {
    try (api) {
      double before = cpuSeconds(process);
      long begin = System.nanoTime();
      api.restore();
      return measured(api, process, begin, before);
    } catch (TimeoutException e) {
      throw failed(e.getMessage());
    } finally {
      end(process);
    }
  }

  private Start measured(RuntimeApi api, Process process, long begin, double cpuBefore)
      throws IOException, InterruptedException, TimeoutException {
    RuntimeApi.Answer answer = api.answer();
    String body = new String(answer.body(), StandardCharsets.UTF_8);
    if (!answer.isResponse() || !body.contains(expected)) {
      throw failed("answered " + body);
    }
    api.awaitIdle();
    return new Start(
        (answer.nanos() - begin) / 1e9,
        cpuSeconds(process) - cpuBefore,
        residentMegabytes(process));
  }

  private IllegalStateException failed(@Nullable String reason) {
    return new IllegalStateException(main.getLast() + " " + reason + "; see " + log);
  }

  private Process start(RuntimeApi api, String initialization, List<String> compilers)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(AS_LAMBDA);
    command.addAll(compilers);
    command.addAll(options);
    command.addAll(main);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()));
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
    builder.environment().put("AWS_LAMBDA_INITIALIZATION_TYPE", initialization);
    return builder.start();
  }

  /// Orderly, so that what it was told to write at its end is written.
  private static void end(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(END_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  private static double cpuSeconds(Process process) {
    return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L) / 1e9;
  }

  /// From Linux alone; zero elsewhere.
  private static double residentMegabytes(Process process) throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
        .sum();
  }
}
