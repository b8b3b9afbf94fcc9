package app.turnout.platform.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T09:00:00.123Z");

  private final Ids ids = new Ids(InstantSource.fixed(NOW));

  @Test
  void idsOfOneMillisecondSortAsTheyWereMade() {
    List<String> made = ids.next(200_000).stream().map(UUID::toString).toList();

    assertThat(made).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void anIdTellsItsVersionAndItsMillisecond() {
    assertThat(ids.next(1_000))
        .allSatisfy(
            id -> {
              assertThat(id.version()).isEqualTo(7);
              assertThat(id.variant()).isEqualTo(2);
              assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
            });
  }

  @Test
  void noTwoInstancesMakeTheSameIdAtOnce() {
    List<UUID> made =
        IntStream.range(0, 64)
            .parallel()
            .mapToObj(_ -> new Ids(InstantSource.fixed(NOW)).next(1_000))
            .flatMap(List::stream)
            .toList();

    assertThat(made).doesNotHaveDuplicates();
  }
}
