package app.turnout.platform.http;

/// Strong entity tags (RFC 9110, section 8.8.3): another one at every change.
public final class EntityTag {
  private EntityTag() {}

  /// The tag of a row that counts its versions.
  public static String of(long version) {
    return "\"" + Long.toHexString(version) + "\"";
  }
}
