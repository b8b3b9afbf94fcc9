package app.turnout.tracks;

import java.util.Locale;

/// What becomes of somebody who is on the way.
enum Kind {
  ON_TIME,
  LATE,
  /// Goes the wrong way and never arrives.
  LOST,
  /// Arrives, but the phone falls silent on the way.
  SILENT;

  String wireValue() {
    return name().toLowerCase(Locale.ROOT);
  }
}
