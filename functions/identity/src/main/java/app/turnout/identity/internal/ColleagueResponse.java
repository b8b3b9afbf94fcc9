package app.turnout.identity.internal;

import io.micronaut.serde.annotation.Serdeable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A member of the organization that asks.
///
/// @param email null when nobody proved it
@Serdeable
record ColleagueResponse(UUID id, String name, @Nullable String email) {
  static ColleagueResponse of(Colleague user) {
    return new ColleagueResponse(user.id().value(), user.name(), user.email());
  }
}
