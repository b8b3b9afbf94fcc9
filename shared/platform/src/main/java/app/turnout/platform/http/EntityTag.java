package app.turnout.platform.http;

import java.time.Instant;
import java.util.HexFormat;

/// Strong entity tags (RFC 9110, section 8.8.3): another one at every change.
public final class EntityTag {
  private EntityTag() {}

  /// The tag of a row that counts its versions.
  public static String of(long version) {
    return "\"" + Long.toHexString(version) + "\"";
  }

  /// The tag of a row that knows when it changed.
  public static String of(Instant updatedAt) {
    HexFormat hex = HexFormat.of();
    return "\""
        + hex.toHexDigits(updatedAt.getEpochSecond())
        + hex.toHexDigits(updatedAt.getNano())
        + "\"";
  }
}
