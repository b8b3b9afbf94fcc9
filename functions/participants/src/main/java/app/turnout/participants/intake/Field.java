package app.turnout.participants.intake;

import java.util.Locale;

/// What a column can tell of a participant.
public enum Field {
  NAME,
  FIRST_NAME,
  LAST_NAME,
  PHONE,
  EMAIL,
  LOCALE,
  NOTE,
  TAGS,
  TRAVEL_MODE;

  /// The wire value's field. Throws IllegalArgumentException.
  public static Field ofWire(String wire) {
    return valueOf(wire.toUpperCase(Locale.ROOT));
  }

  /// As it is named in requests and stored.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
