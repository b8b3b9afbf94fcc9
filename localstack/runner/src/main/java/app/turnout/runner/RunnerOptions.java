package app.turnout.runner;

import app.turnout.runner.function.Execution;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// How the runner is to start.
///
/// @param template the file to play; functions' code is found beside it
/// @param data the directory for all that is kept
/// @param port of the front; 0 is any free one, for the stores and the mailbox too
/// @param fresh whether the stores forget what they keep
/// @param clockStart the product's time at the start, unless it is the system's
/// @param speed how many times as fast as the system's the product's time runs
/// @param parameters of the template, in place of their defaults
/// @param queuesInMemory whether messages end with the runner: the local queue's disk is slower
///   than all else, and says nothing of Amazon's
/// @param elsewhere stores that are not the runner's own
/// @param execution how functions are run
public record RunnerOptions(
    Path template,
    Path data,
    int port,
    boolean fresh,
    Optional<Instant> clockStart,
    Optional<Double> speed,
    Map<String, String> parameters,
    boolean queuesInMemory,
    Elsewhere elsewhere,
    Execution execution) {

  /// The front's port unless another is asked for.
  public static final int DEFAULT_PORT = 8080;

  public RunnerOptions {
    if (port < 0 || port > 65_535) {
      throw new RunnerException("there is no port " + port);
    }
    if (speed.isPresent() && !(speed.get() > 0 && speed.get() <= 100_000)) {
      throw new RunnerException("the speed is more than 0 and at most 100000");
    }
    if (!elsewhere.mayBeEmptied() && (fresh || clockStart.isPresent() || speed.isPresent())) {
      throw new RunnerException(
          "--fresh, --clock, --speed and --demo need stores that the runner may empty: leave out"
              + " --aws-endpoint URL and --database");
    }
    parameters = Map.copyOf(parameters);
  }

  /// With all stores its own, and one instance of each function.
  public RunnerOptions(
      Path template,
      Path data,
      int port,
      boolean fresh,
      Optional<Instant> clockStart,
      Optional<Double> speed,
      Map<String, String> parameters,
      boolean queuesInMemory) {
    this(
        template,
        data,
        port,
        fresh,
        clockStart,
        speed,
        parameters,
        queuesInMemory,
        Elsewhere.NOTHING,
        Execution.SHARED);
  }

  /// With queues that are kept, too.
  public RunnerOptions(
      Path template,
      Path data,
      int port,
      boolean fresh,
      Optional<Instant> clockStart,
      Optional<Double> speed,
      Map<String, String> parameters) {
    this(template, data, port, fresh, clockStart, speed, parameters, false);
  }

  /// With the template's parameters as they are, too.
  public RunnerOptions(
      Path template,
      Path data,
      int port,
      boolean fresh,
      Optional<Instant> clockStart,
      Optional<Double> speed) {
    this(template, data, port, fresh, clockStart, speed, Map.of());
  }

  /// On free ports, with fresh stores in a directory, at the system's time.
  public static RunnerOptions fresh(Path template, Path data) {
    return new RunnerOptions(template, data, 0, true, Optional.empty(), Optional.empty());
  }

  /// The same at a time and speed of its own.
  public RunnerOptions at(Instant start, double faster) {
    return new RunnerOptions(
        template,
        data,
        port,
        true,
        Optional.of(start),
        Optional.of(faster),
        parameters,
        queuesInMemory,
        elsewhere,
        execution);
  }

  /// The same with some stores elsewhere.
  public RunnerOptions with(Elsewhere other) {
    return new RunnerOptions(
        template,
        data,
        port,
        fresh,
        clockStart,
        speed,
        parameters,
        queuesInMemory,
        other,
        execution);
  }

  /// The same with functions run in another way.
  public RunnerOptions running(Execution other) {
    return new RunnerOptions(
        template,
        data,
        port,
        fresh,
        clockStart,
        speed,
        parameters,
        queuesInMemory,
        elsewhere,
        other);
  }

  /// Whether the product's time is not the system's.
  public boolean setsClock() {
    return clockStart.isPresent() || speed.isPresent();
  }

  ProductClock clock() {
    return setsClock()
        ? ProductClock.startingAt(clockStart.orElseGet(Instant::now), speed.orElse(1.0))
        : ProductClock.system();
  }
}
