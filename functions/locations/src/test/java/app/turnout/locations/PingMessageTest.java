package app.turnout.locations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.turnout.domain.GeoPoint;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PingMessageTest {
  private static final Instant START = Instant.parse("2026-03-02T09:00:00.123456Z");

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 10, 100, PingMessage.MOST_PINGS})
  void whatComesOutOfTheQueueIsWhatWentIn(int pings) {
    PingMessage message = message(pings);

    assertThat(PingMessage.parse(message.toText())).isEqualTo(message);
    assertThat(PingMessage.parse(message.toJson())).isEqualTo(message);
  }

  @Test
  void manyPingsTakeLessThanHalfTheRoom() {
    PingMessage message = message(100);

    assertThat(message.toText()).hasSizeLessThan(message.toJson().length() / 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "not base64!", "AAAA", "eNqrVkrKT1KyUlAqLU4tUtIBALOvBfw"})
  void whatIsNoMessageIsRefused(String text) {
    assertThatThrownBy(() -> PingMessage.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatUnpacksWithoutEndIsRefused() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write("{\"v\":1,\"pings\":[".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      out.write(new byte[10_000_000]);
    }
    String bomb = Base64.getEncoder().encodeToString(packed.toByteArray());

    assertThat(bomb).hasSizeLessThan(20_000);
    assertThatThrownBy(() -> PingMessage.parse(bomb)).isInstanceOf(IllegalArgumentException.class);
  }

  private static PingMessage message(int pings) {
    return new PingMessage(
        new OrganizationId(UUID.randomUUID()),
        new OccurrenceId(UUID.randomUUID()),
        new ParticipantId(UUID.randomUUID()),
        START,
        PingSource.JSON,
        IntStream.range(0, pings)
            .mapToObj(
                i ->
                    new Ping(
                        START.plusSeconds(i),
                        new GeoPoint(52.66 + i * 0.000_123_4, -8.62 + i / 3_000.0),
                        4.1 + i % 7,
                        null,
                        12.5,
                        i % 360 * 1.0,
                        87.0))
            .toList());
  }
}
