package app.turnout.locations.pings;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/// What became of the pings of a call.
///
/// @param accepted how many will be stored; one that was stored before counts too
@Serdeable
record TakenResponse(int accepted, List<RefusedPing> refused) {
  TakenResponse {
    refused = List.copyOf(refused);
  }
}
