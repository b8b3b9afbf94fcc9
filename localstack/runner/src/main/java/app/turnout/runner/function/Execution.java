package app.turnout.runner.function;

import app.turnout.runner.RunnerException;
import java.util.Optional;

/// How functions are run.
///
/// @param instances the most instances of a function, each of which serves one call at a time, as
///   Lambda's do; empty, one instance serves all calls at once
/// @param isolate whether each instance is a process of its own, with the template's memory and
///   real environment variables; serves one call at a time
/// @param watch whether functions whose code changed are loaded again
/// @param profile whether each call is told, and at the end all of them
public record Execution(
    Optional<Integer> instances, boolean isolate, boolean watch, boolean profile) {
  /// One instance of each function in this process, for all calls.
  public static final Execution SHARED = new Execution(Optional.empty(), false, false, false);

  public Execution {
    if (instances.isPresent() && instances.get() < 1) {
      throw new RunnerException("a function has at least one instance");
    }
  }

  /// Whether an instance serves one call at a time.
  public boolean oneCallAnInstance() {
    return isolate || instances.isPresent();
  }
}
