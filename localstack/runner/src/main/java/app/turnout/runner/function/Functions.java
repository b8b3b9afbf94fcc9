package app.turnout.runner.function;

import app.turnout.runner.RunnerException;
import app.turnout.runner.template.FunctionSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// All functions of the template, each apart from the others.
public final class Functions implements AutoCloseable {
  /// Where neither the template nor the user says how many.
  private static final int DEFAULT_INSTANCES = 10;

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Map<String, LocalFunction> functions = new LinkedHashMap<>();
  private final Profile profile;
  private final Execution execution;
  private final Consumer<String> told;
  private final Optional<Watch> watch;
  private final Optional<RuntimeApi> runtimeApi;

  /// With one instance of each for all calls.
  ///
  /// @param root the directory of the template
  /// @param configuration the directory with a directory of configuration for each function
  public Functions(List<FunctionSpec> specs, Path root, Path configuration) {
    this(specs, root, configuration, Execution.SHARED, FunctionSpec::environment, _ -> {});
  }

  /// The same, as told.
  ///
  /// @param variables of the environment of a function that has a process of its own
  /// @param told what is to be said of calls
  public Functions(
      List<FunctionSpec> specs,
      Path root,
      Path configuration,
      Execution execution,
      Function<FunctionSpec, Map<String, String>> variables,
      Consumer<String> told) {
    this.execution = execution;
    this.told = told;
    this.profile = new Profile(execution.profile(), told);
    this.runtimeApi = execution.isolate() ? Optional.of(RuntimeApi.start()) : Optional.empty();
    Optional<Modules> modules =
        execution.watch() && !execution.isolate() ? Optional.of(modules(root)) : Optional.empty();
    Map<String, CodePath> codes = new LinkedHashMap<>();
    for (FunctionSpec spec : specs) {
      Path settings = configuration.resolve(spec.id());
      Path directory = root.resolve(spec.codeUri());
      // A process finds its code as in Lambda, in the function's directory.
      CodePath code = new CodePath(directory, modules);
      Instances.Start start =
          runtimeApi.isPresent()
              ? () ->
                  ProcessInstance.start(spec, directory, runtimeApi.get(), variables.apply(spec))
              : () -> LoadedInstance.start(spec, settings, code);
      functions.put(spec.id(), new LocalFunction(spec, instances(spec, start), profile));
      codes.put(spec.id(), code);
    }
    this.watch =
        execution.watch() ? Optional.of(new Watch(codes, this::reload, told)) : Optional.empty();
    watch.ifPresent(Watch::start);
  }

  private static Modules modules(Path root) {
    try {
      return Modules.of(root);
    } catch (IOException e) {
      throw new RunnerException("cannot look for modules in " + root + ": " + e.getMessage());
    }
  }

  private Instances instances(FunctionSpec spec, Instances.Start start) {
    if (!execution.oneCallAnInstance()) {
      return new Instances(spec.id(), start, Integer.MAX_VALUE, 1);
    }
    int most = execution.instances().orElse(DEFAULT_INSTANCES);
    int reserved = spec.reservedConcurrency().orElse(most);
    return new Instances(
        spec.id(),
        start,
        1,
        execution.instances().isPresent() ? Math.min(most, reserved) : reserved);
  }

  /// Calls a function and waits for what comes of it. Failures have been told on standard error
  /// already.
  ///
  /// @param event JSON
  public Outcome call(String id, byte[] event) {
    return callWhenFree(id, event, Duration.ZERO);
  }

  /// The same, waiting for an instance when as many as may be are busy.
  public Outcome callWhenFree(String id, byte[] event, Duration patience) {
    return function(id).call(event, patience);
  }

  /// Starts an instance before there is a call for it, if there is such a function. When that
  /// fails, the first call says why.
  public void start(String id) {
    Optional.ofNullable(functions.get(id)).ifPresent(LocalFunction::start);
  }

  /// Has the function's next call start it anew, as after a change of its code.
  ///
  /// @return whether it had been started
  public boolean reload(String id) {
    return function(id).reload();
  }

  private LocalFunction function(String id) {
    LocalFunction function = functions.get(id);
    if (function == null) {
      throw new RunnerException("template.yaml has no function " + id);
    }
    return function;
  }

  /// Waits a little for running calls, then closes what functions hold.
  @Override
  public void close() {
    watch.ifPresent(Watch::close);
    functions.values().parallelStream().forEach(Functions::close);
    runtimeApi.ifPresent(RuntimeApi::close);
    if (execution.profile()) {
      told.accept(profile.summary());
    }
  }

  private static void close(LocalFunction function) {
    try {
      function.close(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
