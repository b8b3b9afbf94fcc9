package app.turnout.identity.oauth.providers;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

/// What is told of a code verifier before it is shown: its SHA-256 in base64url, `S256` of RFC 7636
/// §4.2.
public final class CodeChallenge {
  private CodeChallenge() {}

  public static String of(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
