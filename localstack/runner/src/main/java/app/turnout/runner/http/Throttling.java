package app.turnout.runner.http;

import app.turnout.runner.template.ThrottlingSpec;
import app.turnout.runner.template.ThrottlingSpec.Limit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// How many requests each route takes: a bucket of tokens for each, filled by the second, as API
/// Gateway has it. AWS's is kept by many machines and therefore not as exact.
public final class Throttling {
  private final ThrottlingSpec spec;
  private final LongSupplier nanoTime;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  /// @param nanoTime real time: throttling is none of the product's
  public Throttling(ThrottlingSpec spec, LongSupplier nanoTime) {
    this.spec = spec;
    this.nanoTime = nanoTime;
  }

  /// Whether a route takes one more request now.
  ///
  /// @param routeKey such as `GET /events`
  public boolean lets(String routeKey) {
    Optional<Limit> own = Optional.ofNullable(spec.byRoute().get(routeKey)).or(spec::usual);
    return own.isEmpty()
        || buckets
            .computeIfAbsent(routeKey, _ -> new Bucket(own.get(), nanoTime.getAsLong()))
            .take(nanoTime.getAsLong());
  }

  private static final class Bucket {
    private final Limit limit;
    private double tokens;
    private long filledAt;

    Bucket(Limit limit, long now) {
      this.limit = limit;
      this.tokens = limit.burst();
      this.filledAt = now;
    }

    synchronized boolean take(long now) {
      if (now > filledAt) {
        tokens = Math.min(limit.burst(), tokens + (now - filledAt) / 1e9 * limit.perSecond());
        filledAt = now;
      }
      if (tokens < 1) {
        return false;
      }
      tokens--;
      return true;
    }
  }
}
