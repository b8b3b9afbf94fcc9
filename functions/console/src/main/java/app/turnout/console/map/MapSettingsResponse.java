package app.turnout.console.map;

import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/// What the live map's ground is.
///
/// @param styleUrl a MapLibre style, or the address of tiles with `{z}`, `{x}` and `{y}`; null when
///   the ground is plain
/// @param attribution of the tiles; null when the style says it
@Serdeable
record MapSettingsResponse(@Nullable String styleUrl, @Nullable String attribution) {
  static MapSettingsResponse of(MapSettings settings) {
    return new MapSettingsResponse(
        settings.styleUrl().isEmpty() ? null : settings.styleUrl(),
        settings.attribution().isEmpty() ? null : settings.attribution());
  }
}
