package app.turnout.participants.doubles;

import java.util.List;
import java.util.UUID;

/// Participants of a date with the same phone, or the same address whatever its case.
///
/// @param value the phone, or the address in lower case
/// @param count how many they are
/// @param participants the first of them, in the order in which they were added
record Doubles(Shared by, String value, int count, List<UUID> participants) {
  Doubles {
    participants = List.copyOf(participants);
  }
}
