package app.turnout.platform.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// Ed25519 (RFC 8032) key pairs made from a secret text, so that a deployment's random secret is
/// the whole private key and the public one follows from it.
public final class Ed25519Keys {
  private static final HexFormat HEX = HexFormat.of();

  /// An Ed25519 public key as DER begins with these bytes (RFC 8410 §4).
  private static final byte[] DER_PREFIX = HEX.parseHex("302a300506032b6570032100");

  private Ed25519Keys() {}

  /// The key pair of a secret.
  ///
  /// @param secret at least 32 characters
  public static KeyPair fromSecret(String secret) {
    if (secret.length() < 32) {
      throw new IllegalArgumentException("A signing secret needs at least 32 characters");
    }
    try {
      byte[] seed =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, new SeedOnly(seed));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The 32 bytes of a public key in base64url, which is JWK's `x` (RFC 8037 §2).
  public static String encode(PublicKey key) {
    byte[] der = key.getEncoded();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOfRange(der, DER_PREFIX.length, der.length));
  }

  public static PublicKey decode(String x) {
    byte[] raw = Base64.getUrlDecoder().decode(x);
    byte[] der = Arrays.copyOf(DER_PREFIX, DER_PREFIX.length + raw.length);
    System.arraycopy(raw, 0, der, DER_PREFIX.length, raw.length);
    try {
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("Not an Ed25519 public key", e);
    }
  }

  /// Names a public key: the first half of its SHA-256, in hexadecimal.
  public static String keyId(PublicKey key) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return HEX.formatHex(hash, 0, 16);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Hands the key generator its seed where it asks for randomness.
  private static final class SeedOnly extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final byte[] seed;

    SeedOnly(byte[] seed) {
      super();
      this.seed = seed.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      if (bytes.length != seed.length) {
        throw new IllegalStateException("Ed25519 asks for 32 bytes");
      }
      System.arraycopy(seed, 0, bytes, 0, bytes.length);
    }
  }
}
