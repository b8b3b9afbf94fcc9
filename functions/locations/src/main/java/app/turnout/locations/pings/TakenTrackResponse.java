package app.turnout.locations.pings;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/// What became of the track points of a file.
///
/// @param points how many the file has
/// @param accepted how many will be stored; one that was stored before counts too
/// @param refusedCount how many were not taken
/// @param refused the first hundred of those; `index` counts the file's track points, from 0
@Serdeable
record TakenTrackResponse(int points, int accepted, int refusedCount, List<RefusedPing> refused) {
  TakenTrackResponse {
    refused = List.copyOf(refused);
  }
}
