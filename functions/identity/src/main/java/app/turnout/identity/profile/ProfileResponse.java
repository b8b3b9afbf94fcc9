package app.turnout.identity.profile;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The caller's account.
///
/// @param email verified
/// @param locale language of messages
/// @param phone E.164, not verified
/// @param hasPassword false for who only ever logged in by another service
@Serdeable
record ProfileResponse(
    UUID id,
    String email,
    String name,
    String locale,
    @Nullable String phone,
    boolean hasPassword,
    Instant createdAt,
    Instant updatedAt) {
  static ProfileResponse of(Profile profile) {
    return new ProfileResponse(
        profile.id().value(),
        profile.email(),
        profile.name(),
        profile.locale(),
        profile.phone(),
        profile.hasPassword(),
        profile.createdAt(),
        profile.updatedAt());
  }

  @Override
  public String toString() {
    return "ProfileResponse";
  }
}
