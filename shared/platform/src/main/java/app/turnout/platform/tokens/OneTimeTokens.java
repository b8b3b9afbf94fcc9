package app.turnout.platform.tokens;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Base64;

/// Makes opaque tokens that nobody needs a second time, so that nothing has to derive them again.
@Singleton
public final class OneTimeTokens {
  private static final int BYTES = 32;

  private final SecureRandom random = new SecureRandom();

  OneTimeTokens() {}

  /// 256 random bits, base64url.
  public String next() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
