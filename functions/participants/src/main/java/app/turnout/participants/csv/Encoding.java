package app.turnout.participants.csv;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How a file's characters are written. In each of these, quotes, separators and line ends are
/// single units that stand for nothing else, so rows can be cut before anything is decoded.
public enum Encoding {
  UTF_8(StandardCharsets.UTF_8, 1, "\u00ef\u00bb\u00bf"),
  UTF_16LE(StandardCharsets.UTF_16LE, 2, "\u00ff\u00fe"),
  UTF_16BE(StandardCharsets.UTF_16BE, 2, "\u00fe\u00ff"),
  WINDOWS_1252(Charset.forName("windows-1252"), 1, ""),
  ISO_8859_1(StandardCharsets.ISO_8859_1, 1, "");

  private final Charset charset;
  private final int width;
  private final String mark;

  /// @param mark the byte order mark, a character a byte
  Encoding(Charset charset, int width, String mark) {
    this.charset = charset;
    this.width = width;
    this.mark = mark;
  }

  /// The encoding by the byte order mark that a file begins with.
  public static Optional<Encoding> byMark(byte[] beginning) {
    return Arrays.stream(values())
        .filter(encoding -> encoding.markLength(beginning) > 0)
        .findFirst();
  }

  /// The wire value's encoding. Throws IllegalArgumentException.
  public static Encoding ofWire(String wire) {
    return valueOf(wire.toUpperCase(Locale.ROOT));
  }

  /// As it is named in requests and stored.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// How many bytes of a file's beginning are its byte order mark.
  public int markLength(byte[] beginning) {
    return beginning.length >= mark.length()
            && new String(beginning, 0, mark.length(), StandardCharsets.ISO_8859_1).equals(mark)
        ? mark.length()
        : 0;
  }

  /// Whether these bytes, cut anywhere, can be part of a text in UTF-8.
  public static boolean canBeUtf8(byte[] bytes) {
    int from = 0;
    while (from < Math.min(3, bytes.length) && (bytes[from] & 0xc0) == 0x80) {
      from++;
    }
    int to = bytes.length;
    // A character that is cut off at the end: its first byte is one of the last three.
    for (int back = 1; back <= 3 && back <= to - from; back++) {
      int b = bytes[to - back] & 0xff;
      if ((b & 0xc0) != 0x80) {
        int length = b < 0x80 ? 1 : b < 0xe0 ? 2 : b < 0xf0 ? 3 : 4;
        to = length > back ? to - back : to;
        break;
      }
    }
    try {
      UTF_8.decode(bytes, from, to);
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /// Bytes of the units that rows are cut by.
  int width() {
    return width;
  }

  /// The unit at an index.
  int unit(byte[] bytes, int index) {
    return switch (this) {
      case UTF_16LE -> (bytes[index] & 0xff) | (bytes[index + 1] & 0xff) << 8;
      case UTF_16BE -> (bytes[index + 1] & 0xff) | (bytes[index] & 0xff) << 8;
      default -> bytes[index] & 0xff;
    };
  }

  /// Throws CharacterCodingException when these bytes are no text in this encoding.
  String decode(byte[] bytes, int from, int to) throws CharacterCodingException {
    if (width == 1) {
      boolean ascii = true;
      for (int i = from; i < to && ascii; i++) {
        ascii = bytes[i] >= 0;
      }
      if (ascii) {
        return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
      }
    }
    return charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
        .decode(ByteBuffer.wrap(bytes, from, to - from))
        .toString();
  }
}
