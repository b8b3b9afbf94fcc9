package app.turnout.events.areas;

import app.turnout.events.planning.PositionBody;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// What a venue is to be.
///
/// @param capacity how many it takes; the places of the layout may not be more
/// @param layout its sections, with seats by row and number where there are
@Serdeable
record AreaRequest(
    @NotBlank @Size(max = 200) String name,
    @Nullable @Size(max = 500) String address,
    @Nullable @Size(max = 100) String city,
    @Valid PositionBody position,
    @Nullable @Min(1) @Max(1_000_000) Integer capacity,
    @Nullable @Valid Layout layout) {
  static AreaRequest of(Area area) {
    return new AreaRequest(
        area.name(),
        area.address(),
        area.city(),
        PositionBody.of(area.position()),
        area.capacity(),
        area.layout());
  }
}
