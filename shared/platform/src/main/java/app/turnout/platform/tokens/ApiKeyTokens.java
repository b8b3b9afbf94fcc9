package app.turnout.platform.tokens;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The texts of API keys: `tk_` and twelve hexadecimal digits, which may be shown for telling keys
/// apart, `_` and 256 bits in base64url. They are derived from the key's id, so that an answer can
/// be given again, and never kept; what is stored is their hash.
public final class ApiKeyTokens {
  private static final Pattern FORM = Pattern.compile("tk_[0-9a-f]{12}_[A-Za-z0-9_-]{43}");
  private static final long SHOWN_BITS = 0xffff_ffff_ffffL;

  private final SecretKeySpec key;

  /// @param key of this kind of token only, at least 32 characters
  public ApiKeyTokens(String key) {
    if (key.length() < 32) {
      throw new IllegalArgumentException("A token key needs at least 32 characters");
    }
    this.key = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
  }

  /// The whole text, which is the secret.
  public String text(UUID id) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      byte[] secret = mac.doFinal(id.toString().getBytes(StandardCharsets.US_ASCII));
      return prefix(id) + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What may be shown of it: from the random part of the id.
  public static String prefix(UUID id) {
    return "tk_" + HexFormat.of().toHexDigits(id.getLeastSignificantBits() & SHOWN_BITS, 12);
  }

  public static boolean looksLikeOne(String text) {
    return FORM.matcher(text).matches();
  }

  /// What is stored of it.
  public static byte[] hash(String text) {
    return DerivedTokens.hash(text);
  }
}
