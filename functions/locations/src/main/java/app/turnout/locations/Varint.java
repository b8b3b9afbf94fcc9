package app.turnout.locations;

import java.nio.ByteBuffer;

/// Whole numbers in one to ten bytes, small ones of either sign in few: zigzag, then seven bits a
/// byte, the lowest first, the eighth bit set where more follow. As Protocol Buffers' `sint64`:
/// https://protobuf.dev/programming-guides/encoding/#varints
final class Varint {
  static final int MOST_BYTES = 10;

  private Varint() {}

  static void write(ByteBuffer bytes, long number) {
    long rest = (number << 1) ^ (number >> 63);
    while ((rest & ~0x7fL) != 0) {
      bytes.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    bytes.put((byte) rest);
  }

  /// Throws [IllegalArgumentException] after ten bytes without an end.
  static long read(ByteBuffer bytes) {
    long zigzag = 0;
    for (int shift = 0; shift < 7 * MOST_BYTES; shift += 7) {
      byte next = bytes.get();
      zigzag |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return (zigzag >>> 1) ^ -(zigzag & 1);
      }
    }
    throw new IllegalArgumentException("a number has more than " + MOST_BYTES + " bytes");
  }
}
