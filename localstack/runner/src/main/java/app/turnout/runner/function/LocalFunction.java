package app.turnout.runner.function;

import app.turnout.runner.template.FunctionSpec;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// One function, started at its first call.
final class LocalFunction {
  /// Lambda's limit of a synchronous call's payload, either way.
  static final int PAYLOAD_LIMIT = 6 * 1024 * 1024;

  private final FunctionSpec spec;
  private final Instances instances;
  private final Profile profile;

  LocalFunction(FunctionSpec spec, Instances instances, Profile profile) {
    this.spec = spec;
    this.instances = instances;
    this.profile = profile;
  }

  /// Calls it.
  ///
  /// @param patience how long to wait when no instance is free
  Outcome call(byte[] event, Duration patience) {
    if (event.length > PAYLOAD_LIMIT) {
      return new Outcome.TooLarge();
    }
    try {
      Optional<Instances.Lease> free = instances.acquire(patience);
      if (free.isEmpty()) {
        profile.throttled(spec.id());
        return new Outcome.Throttled();
      }
      try (Instances.Lease lease = free.get()) {
        return call(lease, event);
      }
    } catch (ExecutionException e) {
      return failed(spec.id(), "did not start", e.getCause());
    } catch (IllegalStateException e) {
      return new Outcome.Failed(spec.id() + " is being stopped");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Failed("interrupted");
    }
  }

  private Outcome call(Instances.Lease lease, byte[] event)
      throws InterruptedException, ExecutionException {
    long begin = System.nanoTime();
    Instance instance = started(lease);
    // Starting is not counted against the timeout: Lambda has a phase of its own for it.
    long started = System.nanoTime();
    String requestId = UUID.randomUUID().toString();
    Outcome outcome = judged(instance.call(event, requestId));
    profile.called(
        spec,
        lease.isCold() ? Optional.of(Duration.ofNanos(started - begin)) : Optional.empty(),
        Duration.ofNanos(System.nanoTime() - started),
        instance.memoryBytes(),
        outcome);
    return outcome;
  }

  private Instance started(Instances.Lease lease) throws InterruptedException, ExecutionException {
    long begin = System.nanoTime();
    Instance instance = lease.instance();
    if (lease.isCold()) {
      System.out.printf(
          Locale.ROOT, "%s started in %.1f s%n", spec.id(), (System.nanoTime() - begin) / 1e9);
    }
    return instance;
  }

  /// Starts an instance before there is a call for it.
  void start() {
    try {
      Optional<Instances.Lease> free = instances.acquire(Duration.ZERO);
      if (free.isPresent()) {
        try (Instances.Lease lease = free.get()) {
          var _ = started(lease);
        }
      }
    } catch (ExecutionException | IllegalStateException e) {
      // The first call tries again, and says what is wrong.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Outcome judged(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered answered when answered.payload().length > PAYLOAD_LIMIT ->
          failed(
              spec.id(),
              "answered %d bytes, more than Lambda's %d"
                  .formatted(answered.payload().length, PAYLOAD_LIMIT),
              null);
      case Outcome.TimedOut late -> {
        System.err.println(spec.id() + ": " + late.reason());
        yield late;
      }
      case Outcome other -> other;
    };
  }

  static Outcome failed(String function, String what, @Nullable Throwable cause) {
    String reason = cause == null ? what : String.valueOf(cause);
    synchronized (System.err) {
      System.err.println(function + " " + what + (cause == null ? "" : ":"));
      if (cause != null) {
        cause.printStackTrace();
      }
    }
    return new Outcome.Failed(reason);
  }

  /// Starts anew what is called next.
  ///
  /// @return whether it had been started
  boolean reload() {
    return instances.retireAll() > 0;
  }

  void close(Duration patience) throws InterruptedException {
    instances.close(patience);
  }
}
