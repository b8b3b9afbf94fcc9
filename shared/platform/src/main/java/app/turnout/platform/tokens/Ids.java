package app.turnout.platform.tokens;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// Makes ids: UUID version 7 (RFC 9562 §5.7) by product time, so that later ids sort later to the
/// millisecond.
@Singleton
public final class Ids {
  private final InstantSource time;
  private final SecureRandom random = new SecureRandom();

  Ids(InstantSource time) {
    this.time = time;
  }

  /// Several, each greater than the one before.
  public List<UUID> next(int count) {
    return Stream.generate(this::next).limit(count).sorted().toList();
  }

  public UUID next() {
    byte[] bytes = new byte[10];
    random.nextBytes(bytes);
    long high = 0;
    for (int i = 0; i < 2; i++) {
      high = high << 8 | (bytes[i] & 0xff);
    }
    long low = 0;
    for (int i = 2; i < 10; i++) {
      low = low << 8 | (bytes[i] & 0xff);
    }
    return new UUID(
        time.millis() << 16 | 0x7000 | (high & 0x0fff),
        0x8000_0000_0000_0000L | (low & 0x3fff_ffff_ffff_ffffL));
  }
}
