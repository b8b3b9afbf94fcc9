package app.turnout.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CostsTest {
  @Test
  void aMillionSinglePingsAreAMillionRequests() {
    Costs single = new Costs("single", 1, 10, 300, 100, 50);

    assertThat(single.api()).isCloseTo(1.00, within(1e-9));
    // A million messages sent, a hundred thousand receipts and deletions of ten each.
    assertThat(single.queue()).isCloseTo(0.48, within(1e-9));
    // A million calls of 10 ms with 1 GB, and ten thousand of 50 ms with 1.73 GB.
    assertThat(single.lambda())
        .isCloseTo(0.202 + (10_000 + 500 * 1_769 / 1_024.0) * 0.0000133334, within(1e-9));
    assertThat(single.database()).isCloseTo(500 / 3_600.0 * 0.065, within(1e-9));
    assertThat(single.sum())
        .isCloseTo(
            single.api() + single.lambda() + single.queue() + single.database(), within(1e-9));
  }

  @Test
  void aMessageCountsForEach64Kilobytes() {
    Costs small = new Costs("small", 100, 10, 64 * 1024, 100, 1_000);
    Costs large = new Costs("large", 100, 10, 64 * 1024 + 1, 100, 1_000);

    assertThat(large.queue()).isCloseTo(2 * small.queue(), within(1e-9));
  }

  @Test
  void withoutAQueueTheFunctionItselfKeepsTheDatabaseBusy() {
    Costs inserted = new Costs("an insert a ping", 1, 2, 0, 0, 0);

    assertThat(inserted.queue()).isZero();
    assertThat(inserted.lambda()).isCloseTo(0.20 + 2_000 * 0.0000133334, within(1e-9));
    assertThat(inserted.database()).isCloseTo(2_000 / 3_600.0 * 0.065, within(1e-9));
  }
}
