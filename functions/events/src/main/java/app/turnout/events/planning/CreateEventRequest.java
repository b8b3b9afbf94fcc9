package app.turnout.events.planning;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A one-off event.
///
/// @param areaId held at this area; not together with `position`
/// @param timeZone IANA name, such as `Europe/Dublin`
/// @param visibility `private` when not given
/// @param arrivalRadiusMetres 150 when not given
/// @param trackingOpensMinutesBefore 60 when not given
@Serdeable
record CreateEventRequest(
    @NotBlank @Size(max = 200) String title,
    @Nullable @Size(max = 10_000) String description,
    @Nullable @Size(max = 100) String category,
    @Nullable EventType type,
    @Nullable UUID areaId,
    @Nullable @Valid PositionBody position,
    @Nullable @Min(1) @Max(100_000) Integer arrivalRadiusMetres,
    @NotBlank @Size(max = 64) String timeZone,
    OffsetDateTime startsAt,
    OffsetDateTime endsAt,
    @Nullable Visibility visibility,
    @Nullable @Min(1) @Max(1_000_000) Integer capacity,
    @Nullable @Min(0) @Max(10_080) Integer trackingOpensMinutesBefore,
    @Nullable Boolean checkInOnArrival) {}
