package app.turnout.platform.tokens;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The texts that participants' devices carry: `td_` and 128 bits in base32, lower case, so that
/// they fit into an address as they are and can be typed on a phone. They are derived from the
/// device's id, so that an answer can be given again, and never kept; what is stored is their hash.
public final class DeviceTokens {
  private static final Pattern FORM = Pattern.compile("td_[a-z2-7]{26}");
  private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int BYTES = 16;

  private final SecretKeySpec key;

  /// @param key of this kind of token only, at least 32 characters
  public DeviceTokens(String key) {
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
      return "td_" + base32(mac.doFinal(id.toString().getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static boolean looksLikeOne(String text) {
    return FORM.matcher(text).matches();
  }

  /// What is stored of it.
  public static byte[] hash(String text) {
    return DerivedTokens.hash(text);
  }

  /// Of the first bytes; RFC 4648, without padding.
  private static String base32(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int bits = 0;
    int held = 0;
    for (int i = 0; i < BYTES; i++) {
      held = held << 8 | (bytes[i] & 0xff);
      for (bits += 8; bits >= 5; bits -= 5) {
        text.append(DIGITS.charAt(held >> (bits - 5) & 31));
      }
      held &= (1 << bits) - 1;
    }
    return text.append(DIGITS.charAt(held << (5 - bits) & 31)).toString();
  }
}
