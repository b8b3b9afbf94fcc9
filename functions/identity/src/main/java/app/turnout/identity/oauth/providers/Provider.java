package app.turnout.identity.oauth.providers;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// A service whose login opens accounts here.
public enum Provider {
  GOOGLE,
  GITHUB;

  /// The wire and stored value, lower case.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Provider> find(String wire) {
    return Arrays.stream(values()).filter(provider -> provider.wire().equals(wire)).findFirst();
  }
}
