package app.turnout.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Access tokens as `identity` signs them, by a key of this JVM's own that every [TestDatabase]
/// knows.
public final class TestTokens {
  static final String KEY_ID = "7465737474657374746573747465737a";

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final KeyPair KEYS = keys();
  private static final int KEY_BYTES = 32;

  private TestTokens() {}

  /// A token for a quarter of an hour from an instant on.
  ///
  /// @param organization that it acts in; null for none
  public static String accessToken(UUID user, @Nullable UUID organization, Instant from) {
    long seconds = from.getEpochSecond();
    String header = "{\"typ\":\"at+jwt\",\"alg\":\"EdDSA\",\"kid\":\"%s\"}".formatted(KEY_ID);
    String claims =
        """
        {"iss":"%s","aud":"turnout","sub":"%s","sid":"%s","iat":%d,"nbf":%d,"exp":%d%s}\
        """
            .formatted(
                TestFunctions.PUBLIC_URL,
                user,
                new UUID(0x7000, 0x8000_0000_0000_0000L),
                seconds,
                seconds,
                seconds + 900,
                organization == null ? "" : ",\"org\":\"" + organization + "\"");
    String input = encode(header) + "." + encode(claims);
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(KEYS.getPrivate());
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return input + "." + ENCODER.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// JWK's `x`.
  static String publicKey() {
    byte[] der = KEYS.getPublic().getEncoded();
    return ENCODER.encodeToString(Arrays.copyOfRange(der, der.length - KEY_BYTES, der.length));
  }

  private static String encode(String json) {
    return ENCODER.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static KeyPair keys() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
