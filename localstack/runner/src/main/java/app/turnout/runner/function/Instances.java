package app.turnout.runner.function;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// The instances of one function: started when a call finds none that is free, given back after the
/// call, and thrown away when they are spent or their code has changed.
final class Instances {
  /// Starts an instance, which takes as long as the function's own start.
  interface Start {
    Instance start() throws Exception;
  }

  /// An instance, or one that is on its way.
  private final class Slot {
    private final FutureTask<Instance> starting = new FutureTask<>(start::start);
    private int running;
    private boolean retired;
    private boolean closing;
  }

  /// The right to call an instance, until it is given back.
  final class Lease implements AutoCloseable {
    private final Slot slot;
    private final boolean cold;
    private @Nullable Instance instance;

    private Lease(Slot slot, boolean cold) {
      this.slot = slot;
      this.cold = cold;
    }

    /// Whether this call is the reason for which the instance is started.
    boolean isCold() {
      return cold;
    }

    /// The instance, once it is up. Who starts it does so on its own thread; the others wait.
    ///
    /// @throws ExecutionException when the start failed
    Instance instance() throws InterruptedException, ExecutionException {
      if (cold) {
        slot.starting.run();
      }
      instance = slot.starting.get();
      return instance;
    }

    @Override
    public void close() {
      boolean spent = instance == null || instance.isSpent();
      release(slot, spent);
    }
  }

  private final String function;
  private final Start start;
  private final int callsEach;
  private final int limit;

  /// Not retired; the last used comes first, as in Lambda.
  private final Deque<Slot> slots = new ArrayDeque<>();

  private final List<Thread> closers = new ArrayList<>();
  private boolean closed;

  /// @param callsEach how many calls an instance serves at once
  /// @param limit how many there may be
  Instances(String function, Start start, int callsEach, int limit) {
    this.function = function;
    this.start = start;
    this.callsEach = callsEach;
    this.limit = limit;
  }

  /// Gives the right to call one of them.
  ///
  /// @param patience how long to wait for one to become free when no more may be started
  /// @return nothing when none became free
  /// @throws IllegalStateException when they are closed
  synchronized Optional<Lease> acquire(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      if (closed) {
        throw new IllegalStateException(function + " is being stopped");
      }
      for (Slot slot : slots) {
        if (slot.running < callsEach) {
          slot.running++;
          slots.remove(slot);
          slots.addFirst(slot);
          return Optional.of(new Lease(slot, false));
        }
      }
      if (slots.size() < limit) {
        Slot slot = new Slot();
        slot.running = 1;
        slots.addFirst(slot);
        return Optional.of(new Lease(slot, true));
      }
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return Optional.empty();
      }
      wait(Math.max(1, left / 1_000_000));
    }
  }

  private synchronized void release(Slot slot, boolean spent) {
    slot.running--;
    if (spent) {
      retire(slot);
    } else {
      closeWhenUnused(slot);
    }
    notifyAll();
  }

  /// Has calls from now on start anew. Those that run may end; then what they ran on is closed.
  ///
  /// @return how many there were
  synchronized int retireAll() {
    int count = slots.size();
    List.copyOf(slots).forEach(this::retire);
    notifyAll();
    return count;
  }

  private void retire(Slot slot) {
    slot.retired = true;
    slots.remove(slot);
    closeWhenUnused(slot);
  }

  /// On a thread of its own: what a function does at its end may take long, or never come back.
  private void closeWhenUnused(Slot slot) {
    if (slot.retired && slot.running == 0 && !slot.closing) {
      slot.closing = true;
      closers.removeIf(closer -> !closer.isAlive());
      closers.add(
          Thread.ofPlatform().name(function + "-end").daemon().start(() -> end(function, slot)));
    }
  }

  private static void end(String function, Slot slot) {
    try {
      slot.starting.get().close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      // It never was.
    } catch (IOException | RuntimeException e) {
      System.err.println(function + " did not end well: " + e);
    }
  }

  /// Waits a little for those that are in a call, closes all of them, and waits a little for that.
  void close(Duration patience) throws InterruptedException {
    List<Thread> last;
    synchronized (this) {
      closed = true;
      notifyAll();
      awaitCalls(System.nanoTime() + patience.toNanos());
      for (Slot slot : List.copyOf(slots)) {
        slot.running = 0;
        retire(slot);
      }
      last = List.copyOf(closers);
    }
    long end = System.nanoTime() + patience.toNanos();
    for (Thread closer : last) {
      if (!closer.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
        return;
      }
    }
  }

  private void awaitCalls(long end) throws InterruptedException {
    while (slots.stream().anyMatch(slot -> slot.running > 0) && System.nanoTime() < end) {
      wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
    }
  }
}
