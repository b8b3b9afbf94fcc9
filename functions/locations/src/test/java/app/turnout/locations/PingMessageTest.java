package app.turnout.locations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.turnout.domain.GeoPoint;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
    assertThat(PingMessage.parse(PackedPingMessage.write(message))).isEqualTo(message);
  }

  /// As a phone's library prints them: degrees to seven places, metres to one.
  @Test
  void manyPingsTakeAQuarterOfTheRoom() {
    PingMessage message =
        message(100, i -> (526_600_000 + i * 1_234) / 1e7, i -> (-86_200_000 - i * 617) / 1e7);

    assertThat(message.toText()).hasSizeLessThan(message.toJson().length() / 4);
  }

  @Test
  void pingsWithAllDigitsTakeLessThanHalfTheRoom() {
    PingMessage message = message(100, i -> 52 + i / 3_000.0, i -> -8 + i / 7_000.0);

    assertThat(message.toText()).hasSizeLessThan(message.toJson().length() / 2);
  }

  @Test
  void mostPingsFitIntoAMessageOfTheQueue() {
    Random random = new Random(1);
    PingMessage message =
        message(
            PingMessage.MOST_PINGS,
            i -> random.nextDouble() * 180 - 90,
            i -> random.nextDouble() * 360 - 180);

    assertThat(message.toText()).hasSizeLessThan(100_000);
  }

  @Test
  void noNumberIsChangedOnItsWay() {
    Random random = new Random(7);
    List<PingSource> sources = List.of(PingSource.values());
    for (int round = 0; round < 2_000; round++) {
      PingMessage message =
          new PingMessage(
              new OrganizationId(UUID.randomUUID()),
              new OccurrenceId(UUID.randomUUID()),
              new ParticipantId(UUID.randomUUID()),
              Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
              sources.get(random.nextInt(sources.size())),
              Stream.generate(() -> anyPing(random)).limit(1 + random.nextInt(40)).toList());

      assertThat(PackedPingMessage.read(PackedPingMessage.write(message))).isEqualTo(message);
    }
  }

  private static Ping anyPing(Random random) {
    return new Ping(
        Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000) * 1_000_000L)
            .plusNanos(random.nextBoolean() ? 0 : random.nextInt(1_000) * 1_000L),
        new GeoPoint(any(random, -90, 90), any(random, -180, 180)),
        perhaps(random, 0, 100_000),
        perhaps(random, -5_000, 20_000),
        perhaps(random, 0, 400),
        perhaps(random, 0, 360),
        perhaps(random, 0, 100));
  }

  private static @Nullable Double perhaps(Random random, double least, double most) {
    return random.nextInt(4) == 0 ? null : any(random, least, most);
  }

  /// Bounds, zeros of either sign, few digits, all digits.
  private static double any(Random random, double least, double most) {
    double some = least + random.nextDouble() * (most - least);
    return switch (random.nextInt(6)) {
      case 0 -> least;
      case 1 -> most;
      case 2 -> least > 0 ? least : -0.0;
      case 3 -> Math.rint(some * 10) / 10;
      case 4 -> Math.nextDown(most);
      default -> some;
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "not base64!", "AAAA", "eNqrVkrKT1KyUlAqLU4tUtIBALOvBfw"})
  void whatIsNoMessageIsRefused(String text) {
    assertThatThrownBy(() -> PingMessage.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aMessageThatIsCutOffIsRefused() {
    byte[] bytes = packed();

    for (int length = 0; length < bytes.length; length++) {
      String cut = Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> PingMessage.parse(cut)).isInstanceOf(IllegalArgumentException.class);
    }
    String longer = Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, bytes.length + 1));
    assertThatThrownBy(() -> PingMessage.parse(longer))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// It may be another message then, or none. It is never anything else.
  @Test
  void aMessageWithAChangedByteIsReadOrRefused() {
    byte[] bytes = packed();
    int refused = 0;
    for (int place = 0; place < bytes.length; place++) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        byte[] changed = bytes.clone();
        changed[place] ^= (byte) (1 << bit);
        try {
          assertThat(PingMessage.parse(Base64.getEncoder().encodeToString(changed)).pings())
              .hasSizeBetween(1, PingMessage.MOST_PINGS);
        } catch (IllegalArgumentException _) {
          refused++;
        }
      }
    }

    assertThat(refused).isPositive();
  }

  private static byte[] packed() {
    return Base64.getDecoder().decode(PackedPingMessage.write(message(7)));
  }

  private static PingMessage message(int pings) {
    return message(pings, i -> 52.66 + i * 0.000_123_4, i -> -8.62 + i / 3_000.0);
  }

  private static PingMessage message(
      int pings, IntToDoubleFunction latitude, IntToDoubleFunction longitude) {
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
                        new GeoPoint(latitude.applyAsDouble(i), longitude.applyAsDouble(i)),
                        4.1 + i % 7,
                        null,
                        12.5,
                        i % 360 * 1.0,
                        87.0))
            .toList());
  }
}
