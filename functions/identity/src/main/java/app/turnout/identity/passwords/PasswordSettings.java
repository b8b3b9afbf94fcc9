package app.turnout.identity.passwords;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/// The cost of a password's hash. The defaults are OWASP's for Argon2id.
///
/// @param memoryKib memory in KiB
/// @param iterations passes over it
/// @param parallelism lanes
@ConfigurationProperties("turnout.passwords")
record PasswordSettings(
    @Bindable(defaultValue = "19456") int memoryKib,
    @Bindable(defaultValue = "2") int iterations,
    @Bindable(defaultValue = "1") int parallelism) {
  PasswordSettings {
    if (memoryKib < 8 * parallelism || iterations < 1 || parallelism < 1) {
      throw new IllegalArgumentException("turnout.passwords is weaker than Argon2 allows");
    }
  }
}
