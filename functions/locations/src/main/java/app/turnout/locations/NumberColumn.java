package app.turnout.locations;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The same number of each ping, packed together: neighbours differ by little. What phones send are
/// decimal fractions of few digits, so a column counts in units of 10^-d, d the least that loses
/// nothing, and each number is a [Varint] of what it is more than the one before. A column begins
/// with a byte: d from 0 to 9; 100 when all are null and nothing follows; 101 when some are, then a
/// bit each, set where there is a number, and a byte again; 102 where no such d exists, then IEEE
/// 754 binary64.
final class NumberColumn {
  /// What a number takes at most.
  static final int MOST_BYTES = Varint.MOST_BYTES + 1;

  private static final int MOST_DECIMALS = 9;
  private static final byte ALL_NULL = 100;
  private static final byte SOME_NULL = 101;
  private static final byte BINARY = 102;

  /// Doubles up to this have each whole number.
  private static final double EXACT = 1L << 53;

  private static final double[] UNITS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

  /// Whole numbers are counted in one of these, the largest that loses nothing.
  private static final long[] WHOLE_UNITS = {1_000_000, 1_000, 1};

  /// NaN stands for null, which no number of a ping is.
  private final double[] numbers;

  private NumberColumn(double[] numbers) {
    this.numbers = numbers;
  }

  /// Null where the phone said nothing.
  @Nullable Double get(int index) {
    double number = numbers[index];
    return Double.isNaN(number) ? null : number;
  }

  /// Throws [IllegalArgumentException] where there is none.
  double required(int index) {
    if (Double.isNaN(numbers[index])) {
      throw new IllegalArgumentException("a ping has no position");
    }
    return numbers[index];
  }

  static void write(ByteBuffer bytes, List<Ping> pings, Function<Ping, @Nullable Double> number) {
    double[] present = new double[pings.size()];
    boolean[] isPresent = new boolean[pings.size()];
    int count = 0;
    for (int i = 0; i < isPresent.length; i++) {
      Double value = number.apply(pings.get(i));
      if (value != null) {
        isPresent[i] = true;
        present[count++] = value;
      }
    }
    if (count == 0) {
      bytes.put(ALL_NULL);
      return;
    }
    if (count < isPresent.length) {
      bytes.put(SOME_NULL);
      writeBits(bytes, isPresent);
    }
    writePresent(bytes, present, count);
  }

  private static void writePresent(ByteBuffer bytes, double[] numbers, int count) {
    int decimals = decimals(numbers, count);
    if (decimals > MOST_DECIMALS) {
      bytes.put(BINARY);
      for (int i = 0; i < count; i++) {
        bytes.putDouble(numbers[i]);
      }
      return;
    }
    bytes.put((byte) decimals);
    long before = 0;
    for (int i = 0; i < count; i++) {
      long counted = (long) Math.rint(numbers[i] * UNITS[decimals]);
      Varint.write(bytes, counted - before);
      before = counted;
    }
  }

  /// More than [#MOST_DECIMALS] where none will do.
  private static int decimals(double[] numbers, int count) {
    int decimals = 0;
    for (int i = 0; i < count; i++) {
      while (decimals <= MOST_DECIMALS && !isCounted(numbers[i], UNITS[decimals])) {
        decimals++;
      }
    }
    return decimals;
  }

  /// Whether the number comes back to the bit.
  private static boolean isCounted(double number, double unit) {
    double counted = Math.rint(number * unit);
    return Math.abs(counted) <= EXACT
        && Double.doubleToLongBits((long) counted / unit) == Double.doubleToLongBits(number);
  }

  static NumberColumn read(ByteBuffer bytes, int count) {
    double[] numbers = new double[count];
    byte head = bytes.get();
    boolean[] isPresent = head == SOME_NULL ? readBits(bytes, count) : null;
    if (isPresent != null) {
      head = bytes.get();
    }
    if (head != ALL_NULL && head != BINARY && (head < 0 || head > MOST_DECIMALS)) {
      throw new IllegalArgumentException("no column begins with " + head);
    }
    long counted = 0;
    for (int i = 0; i < count; i++) {
      if (head == ALL_NULL || (isPresent != null && !isPresent[i])) {
        numbers[i] = Double.NaN;
      } else if (head == BINARY) {
        numbers[i] = bytes.getDouble();
      } else {
        counted += Varint.read(bytes);
        numbers[i] = counted / UNITS[head];
      }
    }
    return new NumberColumn(numbers);
  }

  private static void writeBits(ByteBuffer bytes, boolean[] bits) {
    for (int i = 0; i < bits.length; i += Byte.SIZE) {
      int some = 0;
      for (int bit = 0; bit < Byte.SIZE && i + bit < bits.length; bit++) {
        some |= bits[i + bit] ? 1 << bit : 0;
      }
      bytes.put((byte) some);
    }
  }

  private static boolean[] readBits(ByteBuffer bytes, int count) {
    boolean[] bits = new boolean[count];
    for (int i = 0; i < count; i += Byte.SIZE) {
      byte some = bytes.get();
      for (int bit = 0; bit < Byte.SIZE && i + bit < count; bit++) {
        bits[i + bit] = (some >> bit & 1) == 1;
      }
    }
    return bits;
  }

  /// Whole numbers: what they are counted in, then what each is more than the one before.
  static void writeWhole(ByteBuffer bytes, long[] numbers) {
    long unit = wholeUnit(numbers);
    Varint.write(bytes, unit);
    long before = 0;
    for (long number : numbers) {
      Varint.write(bytes, number / unit - before);
      before = number / unit;
    }
  }

  private static long wholeUnit(long[] numbers) {
    int place = 0;
    for (long number : numbers) {
      while (number % WHOLE_UNITS[place] != 0) {
        place++;
      }
    }
    return WHOLE_UNITS[place];
  }

  static long[] readWhole(ByteBuffer bytes, int count) {
    long unit = Varint.read(bytes);
    long[] numbers = new long[count];
    long before = 0;
    for (int i = 0; i < count; i++) {
      before += Varint.read(bytes);
      numbers[i] = Math.multiplyExact(before, unit);
    }
    return numbers;
  }
}
