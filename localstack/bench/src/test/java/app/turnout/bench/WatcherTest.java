package app.turnout.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatcherTest {
  private static final Instant TIME = Instant.parse("2026-11-23T08:00:00Z");

  private final Watcher watcher = new Watcher(new Sightings());

  @Test
  void somethingNewerOfTheSameParticipantCounts() {
    Accepted first = new Accepted("a", TIME, System.nanoTime());
    Accepted other = new Accepted("b", TIME, System.nanoTime());

    receive("a", TIME.minusSeconds(1));
    assertThat(watcher.hasAll(List.of(first))).isFalse();
    receive("a", TIME.plusSeconds(1));

    assertThat(watcher.hasAll(List.of(first))).isTrue();
    assertThat(watcher.hasAll(List.of(first, other))).isFalse();
    assertThat(watcher.delays(List.of(first)).toArray()).hasSize(1).doesNotContain(0);
  }

  private void receive(String participant, Instant recordedAt) {
    String text =
        """
        {"type":"location_update","positions":[{"participant_id":"%s","recorded_at":"%s"}]}\
        """
            .formatted(participant, recordedAt);
    watcher.take(System.nanoTime(), text);
  }
}
