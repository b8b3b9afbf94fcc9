package app.turnout.events.series;

import app.turnout.domain.AreaId;
import app.turnout.domain.GeoPoint;
import org.jspecify.annotations.Nullable;

/// What a part, or one date, says of itself; what is null, it says not, and the next greater thing
/// does.
///
/// @param area held there; then there is no position
public record Own(
    @Nullable String title,
    @Nullable String description,
    @Nullable AreaId area,
    @Nullable GeoPoint position,
    @Nullable Integer capacity) {
  /// Nothing.
  public static final Own NOTHING = new Own(null, null, null, null, null);

  public boolean hasPlace() {
    return area != null || position != null;
  }
}
