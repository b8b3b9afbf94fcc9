package app.turnout.events.catalogue;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where something takes place, as far as it is said.
record PublicPlace(
    @Nullable UUID area,
    @Nullable String name,
    @Nullable String address,
    @Nullable String city,
    @Nullable Double latitude,
    @Nullable Double longitude) {}
