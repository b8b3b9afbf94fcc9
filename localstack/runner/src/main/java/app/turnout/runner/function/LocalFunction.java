package app.turnout.runner.function;

import app.turnout.runner.template.FunctionSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One function, loaded at its first call. One instance serves all calls, also at once; Lambda
/// would give each call at a time an environment of its own.
final class LocalFunction {
  /// Lambda's limit of a synchronous call's payload, either way.
  static final int PAYLOAD_LIMIT = 6 * 1024 * 1024;

  private final FunctionSpec spec;
  private final Path configuration;
  private final Path code;
  private final ExecutorService threads;
  private final ReentrantLock loading = new ReentrantLock();
  private volatile @Nullable FunctionCode loaded;
  private boolean closed;

  LocalFunction(FunctionSpec spec, Path configuration, Path code, ExecutorService threads) {
    this.spec = spec;
    this.configuration = configuration;
    this.code = code;
    this.threads = threads;
  }

  Outcome call(byte[] event) {
    if (event.length > PAYLOAD_LIMIT) {
      return new Outcome.TooLarge();
    }
    String requestId = UUID.randomUUID().toString();
    Future<byte[]> answer;
    try {
      // Starting is not counted against the timeout: Lambda has a phase of its own for it.
      FunctionCode known = loaded;
      FunctionCode ready = known == null ? threads.submit(this::loaded).get() : known;
      long deadline = System.nanoTime() + spec.timeout().toNanos();
      answer =
          threads.submit(() -> handle(ready, event, new CallContext(spec, requestId, deadline)));
    } catch (ExecutionException e) {
      return failed("did not start", e.getCause());
    } catch (RejectedExecutionException e) {
      return new Outcome.Failed(spec.id() + " is being stopped");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Failed("interrupted");
    }
    return outcome(answer, requestId);
  }

  private Outcome outcome(Future<byte[]> answer, String requestId) {
    try {
      byte[] payload = answer.get(spec.timeout().toNanos(), TimeUnit.NANOSECONDS);
      if (payload.length > PAYLOAD_LIMIT) {
        return failed(
            "answered %d bytes, more than Lambda's %d".formatted(payload.length, PAYLOAD_LIMIT),
            null);
      }
      return new Outcome.Answered(payload);
    } catch (TimeoutException e) {
      answer.cancel(true);
      String reason =
          String.format(
              Locale.ROOT,
              "%s Task timed out after %.2f seconds",
              requestId,
              spec.timeout().toMillis() / 1000.0);
      System.err.println(spec.id() + ": " + reason);
      return new Outcome.TimedOut(reason);
    } catch (ExecutionException e) {
      return failed("failed", e.getCause());
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return new Outcome.Failed("interrupted");
    }
  }

  private static byte[] handle(FunctionCode code, byte[] event, CallContext context)
      throws IOException {
    Thread thread = Thread.currentThread();
    thread.setContextClassLoader(code.loader());
    try {
      return code.handler().handle(event, context);
    } finally {
      thread.setContextClassLoader(LocalFunction.class.getClassLoader());
    }
  }

  private Outcome failed(String what, @Nullable Throwable cause) {
    String reason = cause == null ? what : String.valueOf(cause);
    synchronized (System.err) {
      System.err.println(spec.id() + " " + what + (cause == null ? "" : ":"));
      if (cause != null) {
        cause.printStackTrace();
      }
    }
    return new Outcome.Failed(reason);
  }

  /// Calls that come while it loads wait for it; when it fails, the next call tries again.
  private FunctionCode loaded() throws Exception {
    FunctionCode ready = loaded;
    if (ready != null) {
      return ready;
    }
    loading.lockInterruptibly();
    try {
      ready = loaded;
      if (ready == null) {
        if (closed) {
          throw new IllegalStateException(spec.id() + " is closed");
        }
        long begin = System.nanoTime();
        ready = FunctionCode.load(configuration, code, spec.handler());
        loaded = ready;
        System.out.printf(
            Locale.ROOT, "%s started in %.1f s%n", spec.id(), (System.nanoTime() - begin) / 1e9);
      }
      return ready;
    } finally {
      loading.unlock();
    }
  }

  void close() throws IOException {
    loading.lock();
    try {
      closed = true;
      FunctionCode ready = loaded;
      loaded = null;
      if (ready != null) {
        ready.close();
      }
    } finally {
      loading.unlock();
    }
  }
}
