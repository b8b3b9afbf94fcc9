package app.turnout.runner.replay;

import app.turnout.runner.RunnerException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// The product's clock, learned once from `GET /health`: a time, and how many product seconds pass
/// in one of ours.
public final class RemoteClock {
  private static final String HEALTH = "/health";

  private final Instant start;
  private final long startNanos;
  private final double speed;

  RemoteClock(Instant start, long startNanos, double speed) {
    if (!(speed > 0)) {
      throw new RunnerException("the clock's speed must be above 0");
    }
    this.start = start;
    this.startNanos = startNanos;
    this.speed = speed;
  }

  /// Asks the product for its time, and how fast it runs.
  public static RemoteClock of(Api api) {
    return of(api, null);
  }

  /// Asks the product for its time.
  ///
  /// @param speed to take instead of what the product says
  /// @throws RunnerException when nothing answers, or not as a product does
  public static RemoteClock of(Api api, @Nullable Double speed) {
    try {
      api.get(HEALTH, null); // the first answer waits for a cold start: too long to measure by
      long asked = System.nanoTime();
      Answer answer = api.get(HEALTH, null);
      long answered = System.nanoTime();
      JsonNode health = answer.body();
      if (!answer.isSuccess()) {
        throw new RunnerException(answer.summary());
      }
      return new RemoteClock(
          OffsetDateTime.parse(health.path("time").asText()).toInstant(),
          asked + (answered - asked) / 2,
          speed != null ? speed : health.path("speed").asDouble(1));
    } catch (DateTimeException e) {
      throw new RunnerException(api + HEALTH + " does not tell the product's time", e);
    } catch (IOException e) {
      throw new RunnerException("nothing answers at " + api + ": is localstack/up running?", e);
    }
  }

  public Instant now() {
    return start.plusNanos(Math.round((System.nanoTime() - startNanos) * speed));
  }

  public double speed() {
    return speed;
  }

  /// Waits until the product's clock says so; not at all when it already does.
  public void sleepUntil(Instant time) {
    Duration left = Duration.between(now(), time);
    if (left.isPositive()) {
      sleep(Duration.ofNanos(Math.round(left.toNanos() / speed)));
    }
  }

  /// Waits that long by our own clock.
  public static void sleep(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunnerException("interrupted", e);
    }
  }
}
