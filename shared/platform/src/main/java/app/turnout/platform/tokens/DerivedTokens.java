package app.turnout.platform.tokens;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Opaque tokens of one kind, derived and never kept: `base64url(id ‖ generation) . base64url(mac)`
/// with `mac = HMAC-SHA256(key of the kind, id ‖ generation)`. Whoever has the key can make the
/// same token again, so it can be mailed or answered twice; what is stored is its hash.
public final class DerivedTokens {
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
  private static final Pattern FORM = Pattern.compile("[\\w-]{27}\\.[\\w-]{43}");
  private static final int NAME_BYTES = Long.BYTES * 2 + Integer.BYTES;

  private final SecretKeySpec key;

  /// @param key of this kind of token only, at least 32 characters
  public DerivedTokens(String key) {
    if (key.length() < 32) {
      throw new IllegalArgumentException("A token key needs at least 32 characters");
    }
    this.key = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
  }

  /// What a token says of itself.
  ///
  /// @param id of the row it opens
  /// @param generation counts the tokens of that row
  public record Name(UUID id, int generation) {}

  public String token(UUID id, int generation) {
    byte[] name = name(id, generation);
    return ENCODER.encodeToString(name) + "." + ENCODER.encodeToString(mac(name));
  }

  /// The token's name, if we made it.
  public Optional<Name> verify(String token) {
    if (!looksLikeOne(token)) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(DECODER.decode(token.substring(0, token.indexOf('.'))));
    Name name = new Name(new UUID(buffer.getLong(), buffer.getLong()), buffer.getInt());
    byte[] made = token(name.id(), name.generation()).getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(made, token.getBytes(StandardCharsets.US_ASCII))
        ? Optional.of(name)
        : Optional.empty();
  }

  /// Whether a text has the form of such a token, of whatever kind and key.
  public static boolean looksLikeOne(String token) {
    return FORM.matcher(token).matches();
  }

  /// What is stored of a token: SHA-256 of its text. Tokens have 256 bits of their own, so no salt.
  public static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] name(UUID id, int generation) {
    return ByteBuffer.allocate(NAME_BYTES)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .putInt(generation)
        .array();
  }

  private byte[] mac(byte[] name) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(name);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
