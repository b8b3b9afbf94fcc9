package app.turnout.locations.pings;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.Size;
import java.util.List;

/// Several pings of one participant, in any order.
@Serdeable
record PingsRequest(@Size(min = 1, max = 500) List<PingRequest> locations) {}
