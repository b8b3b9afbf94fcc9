package app.turnout.runner.schedule;

import app.turnout.runner.ProductClock;
import app.turnout.runner.function.Functions;
import app.turnout.runner.template.ScheduleSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Calls a function at its times, one call after another: what comes due during a call comes once,
/// after it.
final class ScheduleLoop implements Runnable {
  /// How long Lambda keeps an event that it cannot hand over.
  private static final Duration PATIENCE = Duration.ofHours(6);

  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private final ScheduleSpec schedule;
  private final String functionId;
  private final Functions functions;
  private final ProductClock clock;
  private final LastTicks lastTicks;
  private final ScheduleExpression expression;
  private final Thread thread;
  private boolean stopping;
  private boolean calling;

  ScheduleLoop(
      ScheduleSpec schedule,
      String functionId,
      Functions functions,
      ProductClock clock,
      LastTicks lastTicks) {
    this.schedule = schedule;
    this.functionId = functionId;
    this.functions = functions;
    this.clock = clock;
    this.lastTicks = lastTicks;
    this.expression = ScheduleExpression.parse(schedule.expression(), schedule.zone());
    this.thread = Thread.ofVirtual().name("schedule-" + schedule.id()).unstarted(this);
  }

  void start() {
    thread.start();
  }

  @Override
  public void run() {
    try {
      Instant previous = lastTicks.find(schedule.id()).filter(this::isPast).orElseGet(this::seen);
      Optional<Instant> due = expression.after(previous);
      while (due.isPresent() && !isStopping()) {
        sleepUntil(due.get());
        // The latest that has come due by now: those missed before it are not made up for.
        Instant tick = latest(due.get(), clock.instant());
        lastTicks.put(schedule.id(), tick);
        call(tick);
        due = expression.after(tick);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// A clock that was set back makes it start anew.
  private boolean isPast(Instant tick) {
    return !tick.isAfter(clock.instant());
  }

  private Instant seen() {
    Instant now = clock.instant();
    lastTicks.put(schedule.id(), now);
    return now;
  }

  private void sleepUntil(Instant due) throws InterruptedException {
    for (Duration wait = clock.until(due); wait.isPositive(); wait = clock.until(due)) {
      Thread.sleep(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    }
  }

  private Instant latest(Instant due, Instant now) {
    if (expression instanceof ScheduleExpression.Rate rate) {
      long missed = Math.max(0, Duration.between(due, now).dividedBy(rate.interval()));
      return due.plus(rate.interval().multipliedBy(missed));
    }
    Instant latest = due;
    for (Optional<Instant> next = expression.after(latest);
        next.isPresent() && !next.get().isAfter(now);
        next = expression.after(latest)) {
      latest = next.get();
    }
    return latest;
  }

  private void call(Instant tick) throws InterruptedException {
    synchronized (this) {
      if (stopping) {
        throw new InterruptedException();
      }
      calling = true;
    }
    try {
      // Failures have been told.
      var _ =
          functions.callWhenFree(
              functionId,
              ScheduleEvent.of(schedule, tick).getBytes(StandardCharsets.UTF_8),
              PATIENCE);
    } finally {
      synchronized (this) {
        calling = false;
      }
    }
  }

  synchronized void stop() {
    stopping = true;
    if (!calling) {
      thread.interrupt();
    }
  }

  private synchronized boolean isStopping() {
    return stopping;
  }

  boolean awaitEnd(Duration patience) {
    try {
      return thread.join(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
