package app.turnout.runner.schedule;

import app.turnout.runner.ProductClock;
import app.turnout.runner.function.Functions;
import app.turnout.runner.template.FunctionSpec;
import app.turnout.runner.template.ScheduleSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// All schedules of all functions.
public final class Schedules implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final List<ScheduleLoop> loops = new ArrayList<>();

  private Schedules() {}

  /// Starts them.
  ///
  /// @param ticks the file that keeps when each came last, for those missed while nothing runs
  public static Schedules start(
      List<FunctionSpec> specs, Functions functions, ProductClock clock, Path ticks) {
    Schedules schedules = new Schedules();
    LastTicks lastTicks = new LastTicks(ticks);
    for (FunctionSpec spec : specs) {
      for (ScheduleSpec schedule : spec.schedules()) {
        schedules.loops.add(new ScheduleLoop(schedule, spec.id(), functions, clock, lastTicks));
      }
    }
    schedules.loops.forEach(ScheduleLoop::start);
    return schedules;
  }

  /// Ends them; a call that runs may finish within some seconds.
  @Override
  public void close() {
    loops.forEach(ScheduleLoop::stop);
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (ScheduleLoop loop : loops) {
      if (!loop.awaitEnd(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
        return;
      }
    }
  }
}
