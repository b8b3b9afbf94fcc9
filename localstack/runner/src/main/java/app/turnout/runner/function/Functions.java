package app.turnout.runner.function;

import app.turnout.runner.RunnerException;
import app.turnout.runner.template.FunctionSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// All functions of the template, each apart from the others.
public final class Functions implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 5;

  private final Map<String, LocalFunction> functions = new LinkedHashMap<>();

  /// Platform threads: class initialization and native code would hold the carriers of virtual
  /// ones.
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().name("function-", 1).daemon(true).factory());

  /// @param root the directory of the template
  /// @param configuration the directory with a directory of configuration for each function
  public Functions(List<FunctionSpec> specs, Path root, Path configuration) {
    for (FunctionSpec spec : specs) {
      functions.put(
          spec.id(),
          new LocalFunction(
              spec, configuration.resolve(spec.id()), root.resolve(spec.codeUri()), threads));
    }
  }

  /// Calls a function and waits for what comes of it. Failures have been told on standard error
  /// already.
  ///
  /// @param event JSON
  public Outcome call(String id, byte[] event) {
    LocalFunction function = functions.get(id);
    if (function == null) {
      throw new RunnerException("template.yaml has no function " + id);
    }
    return function.call(event);
  }

  /// Waits a little for running calls, then closes what functions hold.
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
    functions.entrySet().parallelStream().forEach(one -> close(one.getKey(), one.getValue()));
  }

  private static void close(String id, LocalFunction function) {
    try {
      function.close();
    } catch (IOException | RuntimeException e) {
      System.err.println(id + " did not end well: " + e);
    }
  }
}
