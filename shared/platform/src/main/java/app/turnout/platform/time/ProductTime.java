package app.turnout.platform.time;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Product time: all that is stored, signed by us or compared with either. It is `start + (system −
/// origin) × speed`, so that every class loader and process that is given the same three values
/// agrees; without them it is the system's.
@Factory
final class ProductTime {
  /// @param start product time at the origin, RFC 3339
  /// @param origin system time at which the product's clock began at `start`, RFC 3339
  /// @param speed product seconds a system second
  @ConfigurationProperties("turnout.clock")
  record Setting(
      @Nullable Instant start,
      @Nullable Instant origin,
      @Bindable(defaultValue = "1") BigDecimal speed) {}

  /// Truncated to microseconds, which is what PostgreSQL keeps.
  @Singleton
  @Primary
  InstantSource productTime(Setting setting) {
    InstantSource system = InstantSource.system();
    Instant start = setting.start();
    Instant origin = setting.origin();
    if (start == null || origin == null) {
      return () -> system.instant().truncatedTo(ChronoUnit.MICROS);
    }
    double speed = setting.speed().doubleValue();
    return () -> {
      long elapsed = Duration.between(origin, system.instant()).toNanos();
      return start.plusNanos((long) (elapsed * speed)).truncatedTo(ChronoUnit.MICROS);
    };
  }
}
