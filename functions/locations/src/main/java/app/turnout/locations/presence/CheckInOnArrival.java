package app.turnout.locations.presence;

import app.turnout.domain.ParticipantId;
import app.turnout.platform.attendance.CheckIn;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/// Checks in those who arrived where arriving is checking in, in the open transaction.
@Singleton
public final class CheckInOnArrival {
  private final CheckIn checkIn;
  private final InstantSource time;

  CheckInOnArrival(CheckIn checkIn, InstantSource time) {
    this.checkIn = checkIn;
    this.time = time;
  }

  public void checkIn(Collection<Arrival> arrivals) {
    Map<ParticipantId, Instant> arrived =
        arrivals.stream()
            .filter(Arrival::isCheckIn)
            .collect(Collectors.toMap(Arrival::participant, Arrival::at));
    if (!arrived.isEmpty()) {
      checkIn.checkIn(arrived, time.instant());
    }
  }
}
