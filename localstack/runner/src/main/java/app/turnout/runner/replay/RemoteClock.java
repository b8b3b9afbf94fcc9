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

  /// Of several readings the one that is least behind is taken.
  private static final int READINGS = 5;

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
      RemoteClock clock = read(api, speed);
      for (int again = 1; again < READINGS; again++) {
        RemoteClock other = read(api, speed);
        clock = other.now().isAfter(clock.now()) ? other : clock;
      }
      return clock;
    } catch (DateTimeException e) {
      throw new RunnerException(api + HEALTH + " does not tell the product's time", e);
    } catch (IOException e) {
      throw new RunnerException("nothing answers at " + api + ": is localstack/up running?", e);
    }
  }

  /// As if the time were that of the moment when the answer was there: so a clock is behind the
  /// product's by at most what the answer took, and never ahead, where pings would be refused.
  private static RemoteClock read(Api api, @Nullable Double speed) throws IOException {
    Answer answer = api.get(HEALTH, null);
    long answered = System.nanoTime();
    JsonNode health = answer.body();
    if (!answer.isSuccess()) {
      throw new RunnerException(answer.summary());
    }
    return new RemoteClock(
        OffsetDateTime.parse(health.path("time").asText()).toInstant(),
        answered,
        speed != null ? speed : health.path("speed").asDouble(1));
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
