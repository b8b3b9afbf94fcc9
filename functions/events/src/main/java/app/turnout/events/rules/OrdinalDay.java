package app.turnout.events.rules;

import java.time.DayOfWeek;

/// A value of BYDAY.
///
/// @param ordinal 2 of `2TU`, -1 of `-1FR`, 0 when each such day is meant
record OrdinalDay(int ordinal, DayOfWeek day) {
  String text() {
    return (ordinal == 0 ? "" : Integer.toString(ordinal)) + day.name().substring(0, 2);
  }
}
