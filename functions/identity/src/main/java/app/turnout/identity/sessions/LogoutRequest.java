package app.turnout.identity.sessions;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// Which session ends, and whether the others of its account do too.
///
/// @param refreshToken of the session, for who has no valid access token any more
/// @param all whether every session of the account ends; false when not given
@Serdeable
record LogoutRequest(
    @Nullable @Size(min = 1, max = 200) String refreshToken, @Nullable Boolean all) {
  @Override
  public String toString() {
    return "LogoutRequest";
  }
}
