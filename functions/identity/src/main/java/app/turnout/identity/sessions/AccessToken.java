package app.turnout.identity.sessions;

import app.turnout.domain.OrganizationId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a caller proves to be by.
///
/// @param organization that it names
public record AccessToken(String value, Duration lifetime, @Nullable OrganizationId organization) {
  @Override
  public String toString() {
    return "AccessToken";
  }
}
