package app.turnout.platform.tokens;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// Makes ids: UUID version 7 (RFC 9562 §5.7) by product time. Later ids sort later: to the
/// millisecond everywhere, and within one millisecond those of the same instance, by its monotonic
/// random (§6.2, method 2), so that what happened first is listed first.
@Singleton
public final class Ids {
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final long LOW_BITS = 0x3fff_ffff_ffff_ffffL;
  private static final int HIGH_BITS = 0x0fff;

  /// Half of what 12 bits hold, so that they do not run over within a millisecond.
  private static final int HIGH_SEED = 0x0800;

  private static final long STEP = 1L << 40;

  private final InstantSource time;
  private final SecureRandom random = new SecureRandom();
  private long millis = -1;
  private int high;
  private long low;

  Ids(InstantSource time) {
    this.time = time;
  }

  /// Several, each greater than the one before.
  public List<UUID> next(int count) {
    return Stream.generate(this::next).limit(count).toList();
  }

  public synchronized UUID next() {
    long now = time.millis();
    if (now == millis) {
      low += random.nextLong(1, STEP);
      high += (int) (low >>> 62);
      low &= LOW_BITS;
    } else {
      millis = now;
      high = random.nextInt(HIGH_SEED);
      low = random.nextLong() & LOW_BITS;
    }
    return new UUID(now << 16 | 0x7000 | (high & HIGH_BITS), VARIANT | low);
  }
}
