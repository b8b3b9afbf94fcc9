package app.turnout.stores;

import com.typesafe.config.Config;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.LightArrayRevolverScheduler;
import org.apache.pekko.event.LoggingAdapter;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/// Pekko's scheduler, but that what is due already comes at its next tick, in 10 ms or less.
///
/// Where a message of a FIFO queue waits for the one before it in its group, and somebody waits for
/// messages, ElasticMQ looks again when that message is due, which it is: without this, again and
/// again without a pause, until the one before it is done. All of a core went into that while a
/// function started.
final class NeverAtOnce extends LightArrayRevolverScheduler {
  /// Made by Pekko, which names it in its configuration.
  NeverAtOnce(Config config, LoggingAdapter log, ThreadFactory threads) {
    super(config, log, threads);
  }

  @Override
  public Cancellable scheduleOnce(FiniteDuration delay, Runnable task, ExecutionContext executor) {
    return super.scheduleOnce(delay.toNanos() > 0 ? delay : TickDuration(), task, executor);
  }
}
