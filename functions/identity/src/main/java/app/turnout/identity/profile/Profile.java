package app.turnout.identity.profile;

import app.turnout.domain.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An account as its owner sees it.
///
/// @param phone E.164; nobody verified it
record Profile(
    UserId id,
    String email,
    String name,
    String locale,
    @Nullable String phone,
    boolean hasPassword,
    Instant createdAt,
    Instant updatedAt,
    long version) {
  @Override
  public String toString() {
    return id.toString();
  }
}
