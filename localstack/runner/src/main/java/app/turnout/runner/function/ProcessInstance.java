package app.turnout.runner.function;

import app.turnout.runner.template.FunctionSpec;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An instance in a process of its own, under AWS's runtime interface client. A call that takes too
/// long ends the process; a process that ends fails its call.
final class ProcessInstance implements Instance, RuntimeApi.Client {
  /// Lambda gives ten seconds and tries again; a machine that does much else gets more.
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private static final Duration END_LIMIT = Duration.ofSeconds(3);
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
  private static final JsonMapper JSON = new JsonMapper();

  /// A call that runs.
  private record Running(String requestId, CompletableFuture<Outcome> outcome) {}

  private final FunctionSpec spec;
  private final RuntimeApi api;
  private final String name;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final LinkedBlockingQueue<RuntimeApi.Invocation> events = new LinkedBlockingQueue<>();

  /// Given once for each time that the process asks for an event.
  private final Semaphore asking = new Semaphore(0);

  private volatile @Nullable Process process;
  private volatile @Nullable Running running;
  private volatile boolean spent;
  private volatile long memoryBytes;

  private ProcessInstance(FunctionSpec spec, RuntimeApi api) {
    this.spec = spec;
    this.api = api;
    this.name = spec.id() + "-" + UUID.randomUUID();
  }

  /// Starts the process and waits until it asks for its first event.
  ///
  /// @throws IOException when it does not come so far
  static ProcessInstance start(
      FunctionSpec spec, Path code, RuntimeApi api, Map<String, String> variables)
      throws IOException, InterruptedException {
    ProcessInstance instance = new ProcessInstance(spec, api);
    try {
      instance.launch(
          LambdaRuntime.process(spec, code, api.add(instance.name, instance), variables));
      instance.ready.get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      instance.asking.acquire();
      return instance;
    } catch (ExecutionException | TimeoutException e) {
      instance.close();
      throw new IOException(
          e instanceof TimeoutException
              ? "took longer than " + START_LIMIT.toSeconds() + " s to start"
              : String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()),
          e);
    } catch (IOException | InterruptedException e) {
      instance.close();
      throw e;
    }
  }

  private void launch(ProcessBuilder builder) throws IOException {
    Process started = builder.start();
    process = started;
    Thread.ofVirtual().name(name + "-log").start(() -> copyLog(started));
    var _ = started.onExit().thenAccept(ended -> exited(ended.exitValue()));
  }

  /// What the function says is shown as what functions in this process say.
  private static void copyLog(Process process) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        System.out.println(line);
      }
    } catch (IOException e) {
      // It has ended.
    }
  }

  private void exited(int status) {
    spent = true;
    String reason = "Runtime exited with exit status " + status;
    ready.completeExceptionally(new IOException(reason));
    Running call = running;
    if (call != null) {
      call.outcome().complete(new Outcome.Failed(reason));
    }
    asking.release();
  }

  @Override
  public RuntimeApi.Invocation next() throws InterruptedException {
    asking.release();
    ready.complete(null);
    return events.take();
  }

  @Override
  public void ended(String requestId, byte[] payload, boolean failed) {
    Running call = running;
    if (call != null && call.requestId().equals(requestId)) {
      call.outcome()
          .complete(failed ? new Outcome.Failed(message(payload)) : new Outcome.Answered(payload));
    }
  }

  @Override
  public void didNotStart(byte[] error) {
    ready.completeExceptionally(new IOException(message(error)));
  }

  /// As Java would say it: the class of the exception, and its message.
  private static String message(byte[] error) {
    try {
      JsonNode said = JSON.readTree(error);
      return said.path("errorType").asText() + ": " + said.path("errorMessage").asText();
    } catch (IOException e) {
      return "failed";
    }
  }

  @Override
  public Outcome call(byte[] event, String requestId) {
    Running call = new Running(requestId, new CompletableFuture<>());
    running = call;
    if (spent) {
      return new Outcome.Failed("the process has ended");
    }
    long timeout = spec.timeout().toMillis();
    events.add(
        new RuntimeApi.Invocation(
            requestId,
            CallContext.arn(spec.id()),
            System.currentTimeMillis() + timeout,
            traceId(),
            event));
    try {
      Outcome outcome = call.outcome().get(timeout, TimeUnit.MILLISECONDS);
      if (outcome instanceof Outcome.Failed failed) {
        System.err.println(spec.id() + " failed: " + failed.reason());
      }
      // Free is who asks for the next event; who does not within a second is about to end.
      if (!asking.tryAcquire(1, TimeUnit.SECONDS)) {
        spent = true;
      }
      return outcome;
    } catch (TimeoutException e) {
      spent = true;
      return Outcome.TimedOut.after(spec.timeout(), requestId);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      spent = true;
      Thread.currentThread().interrupt();
      return new Outcome.Failed("interrupted");
    } finally {
      memoryBytes = Math.max(memoryBytes, peak());
    }
  }

  /// A new trace, as Lambda begins one for each call that it gets; nobody here collects it.
  ///
  /// Source: AWS X-Ray Developer Guide, "Tracing header".
  private static String traceId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return "Root=1-%08x-%08x%016x;Parent=%016x;Sampled=0"
        .formatted(
            System.currentTimeMillis() / 1000,
            random.nextInt(),
            random.nextLong(),
            random.nextLong());
  }

  /// What Linux says of the process.
  private long peak() {
    Process own = process;
    if (own == null) {
      return 0;
    }
    try {
      Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc/" + own.pid() + "/status")));
      return peak.find() ? Long.parseLong(peak.group(1)) * 1024 : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public boolean isSpent() {
    return spent;
  }

  @Override
  public OptionalLong memoryBytes() {
    return memoryBytes > 0 ? OptionalLong.of(memoryBytes) : OptionalLong.empty();
  }

  /// Ends the process: at once when it is of no use any more, else after what it does at its end.
  @Override
  public void close() {
    api.remove(name);
    Process own = process;
    if (own == null) {
      return;
    }
    try {
      if (!spent) {
        own.destroy();
        own.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      }
      own.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      own.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
