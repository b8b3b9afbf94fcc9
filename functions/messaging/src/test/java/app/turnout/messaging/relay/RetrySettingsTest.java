package app.turnout.messaging.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetrySettingsTest {
  private static final RetrySettings SETTINGS =
      new RetrySettings(12, Duration.ofSeconds(30), Duration.ofHours(1));
  private static final int MESSAGES = 1_000;

  @ParameterizedTest
  @CsvSource({"1, 30", "2, 60", "5, 480", "8, 3600", "11, 3600", "60, 3600"})
  void delayDoublesToItsLongestAndIsBetweenHalfAndWhole(int failures, long wholeSeconds) {
    for (int i = 0; i < MESSAGES; i++) {
      assertThat(SETTINGS.delay(message(i), failures))
          .isBetween(
              Duration.ofSeconds(wholeSeconds).dividedBy(2), Duration.ofSeconds(wholeSeconds));
    }
  }

  /// What failed together does not come back together: each tenth of the span gets its share.
  @Test
  void delaysSpread() {
    int[] tenths = new int[10];
    Set<Duration> different = new HashSet<>();
    for (int i = 0; i < MESSAGES; i++) {
      Duration delay = SETTINGS.delay(message(i), 8);
      different.add(delay);
      tenths[(int) Math.min(9, (delay.toMillis() - 1_800_000) / 180_000)]++;
    }

    assertThat(different).hasSizeGreaterThan(MESSAGES * 9 / 10);
    for (int tenth : tenths) {
      assertThat(tenth).isBetween(MESSAGES / 20, MESSAGES / 5);
    }
  }

  private static UUID message(int number) {
    return UUID.nameUUIDFromBytes(new byte[] {(byte) (number >> 8), (byte) number});
  }
}
