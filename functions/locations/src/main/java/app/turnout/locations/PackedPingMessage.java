package app.turnout.locations;

import app.turnout.domain.GeoPoint;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/// Pings packed, in Base64 since SQS takes text. Without loss, version 2:
///
/// | | |
/// |---|---|
/// | version | one byte |
/// | organization, occurrence, participant | 16 bytes each |
/// | received at | seconds since 1970, nanoseconds: two varints |
/// | source | how many bytes, a varint, and its name in ASCII |
/// | number of pings | a varint |
/// | microseconds since 1970 | [NumberColumn#writeWhole] |
/// | latitude, longitude, accuracy, altitude, speed, heading, battery | [NumberColumn#write] each |
final class PackedPingMessage {
  private static final byte VERSION = 2;

  /// More than what comes before the columns, and than a column has besides its numbers.
  private static final int FIXED_BYTES = 512;

  /// More than the numbers of a ping take.
  private static final int PING_BYTES = 8 * NumberColumn.MOST_BYTES;

  private PackedPingMessage() {}

  static String write(PingMessage message) {
    List<Ping> pings = message.pings();
    ByteBuffer bytes = ByteBuffer.allocate(FIXED_BYTES + PING_BYTES * pings.size());
    bytes.put(VERSION);
    write(bytes, message.organization().value());
    write(bytes, message.occurrence().value());
    write(bytes, message.participant().value());
    write(bytes, message.receivedAt());
    write(bytes, message.source());
    Varint.write(bytes, pings.size());
    NumberColumn.writeWhole(
        bytes,
        pings.stream()
            .mapToLong(ping -> ChronoUnit.MICROS.between(Instant.EPOCH, ping.recordedAt()))
            .toArray());
    NumberColumn.write(bytes, pings, ping -> ping.position().latitude());
    NumberColumn.write(bytes, pings, ping -> ping.position().longitude());
    NumberColumn.write(bytes, pings, Ping::accuracyMetres);
    NumberColumn.write(bytes, pings, Ping::altitudeMetres);
    NumberColumn.write(bytes, pings, Ping::speedMetresPerSecond);
    NumberColumn.write(bytes, pings, Ping::headingDegrees);
    NumberColumn.write(bytes, pings, Ping::batteryPercent);
    byte[] packed = new byte[bytes.position()];
    bytes.get(0, packed);
    return Base64.getEncoder().encodeToString(packed);
  }

  /// Throws [IllegalArgumentException] when it is not such a message, or its pings are impossible.
  static PingMessage read(String text) {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
    try {
      PingMessage message = read(bytes);
      if (bytes.hasRemaining()) {
        throw new IllegalArgumentException("a message goes on after its end");
      }
      return message;
    } catch (BufferUnderflowException | DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("not a message of pings", e);
    }
  }

  private static PingMessage read(ByteBuffer bytes) {
    if (bytes.get() != VERSION) {
      throw new IllegalArgumentException("not a message of version " + VERSION);
    }
    return new PingMessage(
        new OrganizationId(readUuid(bytes)),
        new OccurrenceId(readUuid(bytes)),
        new ParticipantId(readUuid(bytes)),
        Instant.ofEpochSecond(Varint.read(bytes), Varint.read(bytes)),
        readSource(bytes),
        readPings(bytes, Varint.read(bytes)));
  }

  private static List<Ping> readPings(ByteBuffer bytes, long given) {
    if (given < 1 || given > PingMessage.MOST_PINGS) {
      throw new IllegalArgumentException("a message has no " + given + " pings");
    }
    int count = (int) given;
    long[] recorded = NumberColumn.readWhole(bytes, count);
    NumberColumn latitude = NumberColumn.read(bytes, count);
    NumberColumn longitude = NumberColumn.read(bytes, count);
    NumberColumn accuracy = NumberColumn.read(bytes, count);
    NumberColumn altitude = NumberColumn.read(bytes, count);
    NumberColumn speed = NumberColumn.read(bytes, count);
    NumberColumn heading = NumberColumn.read(bytes, count);
    NumberColumn battery = NumberColumn.read(bytes, count);
    List<Ping> pings = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      pings.add(
          new Ping(
              Instant.EPOCH.plus(recorded[i], ChronoUnit.MICROS),
              new GeoPoint(latitude.required(i), longitude.required(i)),
              accuracy.get(i),
              altitude.get(i),
              speed.get(i),
              heading.get(i),
              battery.get(i)));
    }
    return pings;
  }

  private static void write(ByteBuffer bytes, Instant instant) {
    Varint.write(bytes, instant.getEpochSecond());
    Varint.write(bytes, instant.getNano());
  }

  private static void write(ByteBuffer bytes, PingSource source) {
    byte[] name = source.name().getBytes(StandardCharsets.US_ASCII);
    Varint.write(bytes, name.length);
    bytes.put(name);
  }

  private static PingSource readSource(ByteBuffer bytes) {
    long length = Varint.read(bytes);
    if (length < 0 || length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] name = new byte[(int) length];
    bytes.get(name);
    return PingSource.valueOf(new String(name, StandardCharsets.US_ASCII));
  }

  private static void write(ByteBuffer bytes, UUID id) {
    bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
  }

  private static UUID readUuid(ByteBuffer bytes) {
    return new UUID(bytes.getLong(), bytes.getLong());
  }
}
