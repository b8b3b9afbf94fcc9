package app.turnout.platform.http;

import app.turnout.platform.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32;

/// A place in a list, opaque to callers: the sort key of the last element seen. It grants nothing,
/// so it is not signed; a checksum finds what was cut short or edited.
///
/// @param parts each an [Instant], a [UUID], a [Long] or a [String]
public record Cursor(List<Object> parts) {
  private static final int LONGEST = 1_000;
  private static final int CHECKSUM_BYTES = Integer.BYTES;

  public Cursor {
    parts = List.copyOf(parts);
  }

  /// The cursor of an element with this key.
  public static Cursor of(Object... parts) {
    return new Cursor(Arrays.asList(parts));
  }

  public Instant instant(int index) {
    return (Instant) parts.get(index);
  }

  public UUID uuid(int index) {
    return (UUID) parts.get(index);
  }

  public long number(int index) {
    return (Long) parts.get(index);
  }

  public String text(int index) {
    return (String) parts.get(index);
  }

  /// As callers see it: base64url.
  public String encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (Object part : parts) {
        write(part, out);
      }
      out.writeInt(checksum(bytes.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  /// The cursor that a caller gave; 400 naming `cursor` when it is not one with parts of these
  /// types.
  public static Cursor decode(String text, Class<?>... types) {
    try {
      return new Cursor(parts(text, types));
    } catch (IllegalArgumentException | IOException | DateTimeException e) {
      throw ProblemException.invalidParameter(
          "cursor", "cursor", "must be the next_cursor of a page of this list");
    }
  }

  private static List<Object> parts(String text, Class<?>[] types) throws IOException {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("too long");
    }
    byte[] bytes = Base64.getUrlDecoder().decode(text);
    int end = bytes.length - CHECKSUM_BYTES;
    if (end < 0
        || ByteBuffer.wrap(bytes, end, CHECKSUM_BYTES).getInt()
            != checksum(Arrays.copyOf(bytes, end))) {
      throw new IllegalArgumentException("checksum");
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, end));
    List<Object> parts = new ArrayList<>();
    for (Class<?> type : types) {
      Object part = read(in);
      if (!type.isInstance(part)) {
        throw new IllegalArgumentException("another list's");
      }
      parts.add(part);
    }
    if (in.available() > 0) {
      throw new IllegalArgumentException("another list's");
    }
    return parts;
  }

  private static void write(Object part, DataOutputStream out) throws IOException {
    switch (part) {
      case Instant instant -> {
        out.writeByte('i');
        out.writeLong(instant.getEpochSecond());
        out.writeInt(instant.getNano());
      }
      case UUID uuid -> {
        out.writeByte('u');
        out.writeLong(uuid.getMostSignificantBits());
        out.writeLong(uuid.getLeastSignificantBits());
      }
      case Long number -> {
        out.writeByte('n');
        out.writeLong(number);
      }
      case String text -> {
        out.writeByte('s');
        out.writeUTF(text);
      }
      default -> throw new IllegalArgumentException("A cursor has no " + part.getClass());
    }
  }

  private static Object read(DataInputStream in) throws IOException {
    return switch (in.readByte()) {
      case 'i' -> Instant.ofEpochSecond(in.readLong(), in.readInt());
      case 'u' -> new UUID(in.readLong(), in.readLong());
      case 'n' -> in.readLong();
      case 's' -> in.readUTF();
      default -> throw new IllegalArgumentException("no such part");
    };
  }

  private static int checksum(byte[] bytes) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    return (int) checksum.getValue();
  }
}
