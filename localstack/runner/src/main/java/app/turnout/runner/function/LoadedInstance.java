package app.turnout.runner.function;

import app.turnout.runner.template.FunctionSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// An instance in this process: a class loader of its own, and threads of its own, so that nothing
/// of the function stays behind in threads that others use.
final class LoadedInstance implements Instance {
  private static final long IDLE_SECONDS = 10;

  private final FunctionSpec spec;
  private final FunctionCode code;
  private final ExecutorService threads;
  private volatile boolean spent;

  private LoadedInstance(FunctionSpec spec, FunctionCode code, ExecutorService threads) {
    this.spec = spec;
    this.code = code;
    this.threads = threads;
  }

  /// Loads the function's code and makes its handler.
  static LoadedInstance start(FunctionSpec spec, Path configuration, CodePath code)
      throws Exception {
    ExecutorService threads = threads(spec.id());
    try {
      FunctionCode loaded =
          threads.submit(() -> FunctionCode.load(configuration, code, spec.handler())).get();
      return new LoadedInstance(spec, loaded, threads);
    } catch (ExecutionException e) {
      threads.shutdownNow();
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /// Platform threads: class initialization and native code would hold the carriers of virtual
  /// ones.
  private static ExecutorService threads(String function) {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        Thread.ofPlatform().name(function + "-", 1).daemon(true).factory());
  }

  @Override
  public Outcome call(byte[] event, String requestId) {
    Future<byte[]> answer;
    long deadline = System.nanoTime() + spec.timeout().toNanos();
    try {
      answer = threads.submit(() -> handle(event, new CallContext(spec, requestId, deadline)));
    } catch (RejectedExecutionException e) {
      return new Outcome.Failed(spec.id() + " is being stopped");
    }
    try {
      return new Outcome.Answered(answer.get(spec.timeout().toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      spent = true;
      answer.cancel(true);
      return Outcome.TimedOut.after(spec.timeout(), requestId);
    } catch (ExecutionException e) {
      return LocalFunction.failed(spec.id(), "failed", e.getCause());
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return new Outcome.Failed("interrupted");
    }
  }

  private byte[] handle(byte[] event, CallContext context) throws IOException {
    Thread.currentThread().setContextClassLoader(code.loader());
    return code.handler().handle(event, context);
  }

  @Override
  public boolean isSpent() {
    return spent;
  }

  @Override
  public OptionalLong memoryBytes() {
    return OptionalLong.empty();
  }

  /// Interrupts what still runs, and closes what the function holds.
  @Override
  public void close() throws IOException {
    threads.shutdownNow();
    code.close();
  }
}
